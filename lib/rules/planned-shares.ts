import type { CopyJob, RefusedShare } from '../model/copy-job.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { planRecipients, type RecipientsFacts } from './change-recipients.ts';
import { isCurrent } from './copy-jobs.ts';
import { openPrincipals, type PrincipalFacts } from './principals.ts';
import { liveEntries, namesOf } from './recipients.ts';
import { serviceStamp } from './records.ts';
import { canBeSharedIn, whyNotShared } from './sharing-rules.ts';

/** What is read to share an image as planned: also the accounts and projects among the planned recipients. */
export interface PlannedSharesFacts extends PrincipalFacts {
  /** The job that planned the shares. */
  readonly job: CopyJob | undefined;
}

/** Whether the image has planned shares that it can have now. */
export const canGetPlannedShares = (image: Image | undefined, policy: Policy): image is Image =>
  image?.plannedShares !== undefined && canBeSharedIn(image.state, policy);

/**
 * Plans to share an image with its planned recipients, on behalf of the actor that started the job. Recipients that a sharing rule
 * refuses are left out, and the job tells why. If the job has expired, nobody is added. With `report`, the same write records what
 * the compute platform reported. Never throws, because the report must not fail. Rule `owner.copies-and-shares`.
 */
export function planPlannedShares(
  image: Image,
  { job: stored, accounts, projects }: PlannedSharesFacts,
  { policy, stamp, report }: { policy: Policy; stamp: Stamp; report?: RecipientsFacts['report'] },
): Step[] {
  const planned = image.plannedShares?.recipients ?? [];
  const job = isCurrent(stored, stamp.at) ? stored : undefined;
  const facts = {
    action: 'ShareImage',
    image,
    policy,
    knownPrincipals: openPrincipals({ accounts, projects }, policy),
    riskAcknowledged: job?.riskAcknowledged === true,
    report,
    stamp: job === undefined ? serviceStamp(stamp) : onBehalfOf(job, stamp),
  } satisfies RecipientsFacts;
  const { accepted, refused } = job === undefined ? { accepted: [], refused: [] } : sortOut(planned, job, facts);
  const { steps } = planRecipients({ add: accepted, endsAt: job?.endsAt, remove: planned }, facts);
  return job === undefined || refused.length === 0
    ? [...steps]
    : [...steps, { do: 'record-refused-shares', key: job, region: image.region, refused }];
}

/** The stamp of what the job does later. Without a network address, because another caller triggers it. */
const onBehalfOf = ({ startedBy }: CopyJob, stamp: Stamp): Stamp =>
  stamp.actor === startedBy ? stamp : { ...serviceStamp(stamp), actor: startedBy };

/** Tells the planned recipients that can be added together from the others. */
function sortOut(
  planned: readonly PrincipalId[],
  { endsAt }: CopyJob,
  { image, policy, knownPrincipals, riskAcknowledged, report, stamp }: RecipientsFacts & { readonly riskAcknowledged: boolean },
): { accepted: readonly PrincipalId[]; refused: readonly RefusedShare[] } {
  const used = namesOf(liveEntries(image.recipients, stamp.at)).length;
  const accepted: PrincipalId[] = [];
  const refused: RefusedShare[] = [];
  for (const recipient of planned) {
    const named = [...accepted, recipient];
    const refusal = whyNotShared({
      policy,
      image: { ...image, ...report?.details },
      now: stamp.at,
      named,
      added: named,
      rescheduled: [],
      knownPrincipals,
      endsAt,
      riskAcknowledged,
      used,
      freed: 0,
    });
    if (refusal === undefined) {
      accepted.push(recipient);
    } else {
      const { rule, detail } = refusal.details;
      refused.push({ recipient, code: refusal.code, ...(rule !== undefined && { rule }), reason: detail });
    }
  }
  return { accepted, refused };
}
