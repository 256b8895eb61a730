import type { CopyJob } from '../model/copy-job.ts';
import type { CopyJobKey, PrincipalId } from '../model/ids.ts';
import { type Image, isBeingMade, neverExpires } from '../model/image.ts';
import type { CopyJobSummary, CopyJobView } from '../model/views/copy-job.ts';
import { epochSeconds, hasLiveShare } from './recipients.ts';
import { refusal } from './rule.ts';

type CopyView = CopyJobView['copies'][number];
type RecipientView = CopyView['recipients'][number];

/** Whether the job is stored and has not expired. */
export const isCurrent = (job: CopyJob | undefined, now: Date): job is CopyJob =>
  job !== undefined && job.expiresAt > epochSeconds(now);

/** Whether the principal can see the job: it owns the copied image. Rule `owner.copies-and-shares`. */
export const isOwnJob = (job: CopyJob | undefined, principal: PrincipalId, now: Date): job is CopyJob =>
  isCurrent(job, now) && job.owner === principal;

/** Returns the job if the principal can see it. Throws CopyJobNotFound. */
export function requireOwnJob(
  { region, jobId }: CopyJobKey,
  job: CopyJob | undefined,
  principal: PrincipalId,
  now: Date,
): CopyJob {
  if (!isOwnJob(job, principal, now)) {
    throw refusal('owner.copies-and-shares', `Copy job ${jobId} doesn't exist in ${region}`);
  }
  return job;
}

/** Returns a job as its owner sees it, as the copies are now. `copies` are in the order of the job. */
export function copyJobView(job: CopyJob, copies: readonly (Image | undefined)[], now: Date): CopyJobView {
  const views = job.copies.map((key, index) => copyView(job, key, copies[index], now));
  const sharings = views.map(({ sharing }) => sharing);
  const isRunning = views.some(({ state, sharing }) => sharing === 'planned' || (state !== 'deleted' && isBeingMade(state)));
  const outcome = commonOf(sharings) ?? 'partly';
  return {
    jobId: job.jobId,
    region: job.region,
    imageId: job.imageId,
    state: isRunning || outcome === 'planned' ? 'running' : outcome === 'shared' ? 'succeeded' : outcome,
    createdAt: job.createdAt.toISOString(),
    startedBy: job.startedBy,
    recipientCount: job.recipients.length,
    ...(job.endsAt !== neverExpires && { expiresAt: new Date(job.endsAt * 1_000).toISOString() }),
    copies: views,
  };
}

/** Returns a job without its recipients, for lists. */
export const copyJobSummary = ({ copies, ...job }: CopyJobView): CopyJobSummary => ({
  ...job,
  copies: copies.map(({ recipients: _, ...copy }) => copy),
});

function copyView(job: CopyJob, key: CopyJob['copies'][number], image: Image | undefined, now: Date): CopyView {
  const recipients = job.recipients.map((recipient) => recipientView(job, recipient, image, now));
  return {
    region: key.region,
    imageId: key.imageId,
    state: image?.state ?? 'deleted',
    ...(image?.stateReason !== undefined && { stateReason: image.stateReason }),
    sharing: sharingOf(recipients.map(({ state }) => state)),
    recipients,
  };
}

function recipientView(job: CopyJob, recipient: PrincipalId, image: Image | undefined, now: Date): RecipientView {
  if (image === undefined || image.deletedAt !== undefined) {
    return { recipient, state: 'ended' };
  }
  if (image.plannedShares?.recipients.includes(recipient) === true) {
    return { recipient, state: 'planned' };
  }
  if (hasLiveShare(image.recipients, recipient, now)) {
    return { recipient, state: 'shared' };
  }
  const refused = job.refused[image.region]?.find((share) => share.recipient === recipient);
  if (refused !== undefined) {
    return { ...refused, state: 'failed' };
  }
  return image.state === 'failed' ? { recipient, state: 'failed', reason: 'The copy failed.' } : { recipient, state: 'ended' };
}

const sharingOf = (states: readonly RecipientView['state'][]): CopyView['sharing'] =>
  states.includes('planned') ? 'planned' : (commonOf(states) ?? 'partly');

/** Returns the value that all of them have, if they have one in common. */
const commonOf = <Value>(values: readonly Value[]): Value | undefined => (new Set(values).size === 1 ? values[0] : undefined);
