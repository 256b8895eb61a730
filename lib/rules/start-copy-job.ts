import type { CopyJob } from '../model/copy-job.ts';
import type { CopyJobId, ImageId, ImageKey, PrincipalId, Region } from '../model/ids.ts';
import { type Image, neverExpires } from '../model/image.ts';
import { copyJobDays } from '../model/limits.ts';
import type { Plan, Step } from '../model/plan.ts';
import type { Policy } from '../model/policy.ts';
import type { Stamp } from '../model/record.ts';
import { callsInFlightSeconds, cleanUpOfCopyJob } from './clean-up-tasks.ts';
import { planCopy } from './copy-image.ts';
import { openPrincipals, type PrincipalFacts } from './principals.ts';
import { endOf, epochSeconds } from './recipients.ts';
import { whyNotShared } from './sharing-rules.ts';
import { requireOwned } from './visibility.ts';

interface JobRequest {
  readonly key: ImageKey;
  readonly destinations: readonly {
    readonly region: Region;
    readonly name?: string | undefined;
    readonly project?: PrincipalId | undefined;
  }[];
  readonly name?: string | undefined;
  readonly recipients: readonly PrincipalId[];
  readonly acknowledgeRisk: boolean;
  readonly expiresAt?: Date | null | undefined;
}

/** Has the accounts and projects among the recipients. */
interface JobFacts extends PrincipalFacts {
  readonly image: Image | undefined;
  /** The caller. */
  readonly principal: PrincipalId;
  readonly policy: Policy;
  readonly policyOf: (region: Region) => Policy;
  /** Whether the project belongs to the caller. */
  readonly isOwnProject: (project: PrincipalId) => boolean;
  /** Number of images that a principal has in a region, as far as it is known. */
  readonly imageCount: (place: { region: Region; principal: PrincipalId }) => number;
  readonly jobId: CopyJobId;
  readonly newImageId: (policy: Policy) => ImageId;
  readonly newRecordId: (at: Date) => string;
  readonly stamp: Stamp;
}

const daySeconds = 86_400;

/**
 * Plans all copies of a job, the shares that they will get, and the job itself: all or nothing. Checks the sharing rules as if the
 * copies were available, so that what can't be shared isn't copied. They are checked again when the copies are shared. Throws
 * ImageNotFound, NotOwner, and the errors of copies and of the sharing rules. Rule `owner.copies-and-shares`.
 */
export function planCopyJob(
  { key, destinations, name, recipients, acknowledgeRisk, expiresAt }: JobRequest,
  facts: JobFacts,
): Plan<{ readonly job: CopyJob; readonly copies: readonly Image[] }> {
  const { policy, jobId, stamp } = facts;
  const source = requireOwned('copy', key, facts.image, facts.principal, stamp.at);
  const named = [...new Set(recipients)];
  const job = { region: key.region, jobId };
  const endsAt = endOf(expiresAt);
  const plans = destinations.map((destination, index) => {
    const { region } = destination;
    const owner = destination.project ?? source.owner;
    const destinationPolicy = facts.policyOf(region);
    const plan = planCopy(source, {
      destination: { region, policy: destinationPolicy },
      policy,
      name: destination.name ?? name ?? source.name,
      description: source.description,
      tags: source.tags,
      imageId: facts.newImageId(destinationPolicy),
      owner,
      ownerIsOwn: destination.project === undefined || facts.isOwnProject(destination.project),
      used: facts.imageCount({ region, principal: owner }),
      plannedShares: { job, recipients: named },
      fields: { region: `destinations[${index}].region`, project: `destinations[${index}].project` },
      stamp: { ...stamp, recordId: facts.newRecordId(stamp.at) },
    });
    const refusal = whyNotShared({
      policy: destinationPolicy,
      image: { ...plan.result, imageId: source.imageId, state: 'available' },
      now: stamp.at,
      named,
      added: named,
      rescheduled: [],
      knownPrincipals: openPrincipals(facts, destinationPolicy),
      endsAt,
      riskAcknowledged: acknowledgeRisk,
      used: 0,
      freed: 0,
    });
    if (refusal !== undefined) {
      throw refusal;
    }
    return plan;
  });
  const copies = plans.map(({ result }) => result);
  const created: CopyJob = {
    ...job,
    owner: source.owner,
    imageId: source.imageId,
    copies: copies.map(({ region, imageId }) => ({ region, imageId })),
    recipients: named,
    endsAt: endsAt ?? neverExpires,
    riskAcknowledged: acknowledgeRisk,
    startedBy: stamp.actor,
    createdAt: stamp.at,
    expiresAt: epochSeconds(stamp.at) + copyJobDays * daySeconds,
    refused: {},
  };
  return {
    result: { job: created, copies },
    steps: [
      { do: 'create-copy-job', job: created },
      ...withoutRepeatedConditions(plans.flatMap(({ steps }) => steps)),
      // The call goes on to share copies that are still being made. The task does that if the call is interrupted.
      ...(policy.pendingMayBeShared ? [cleanUpOfCopyJob(job, epochSeconds(stamp.at) + callsInFlightSeconds)] : []),
    ],
  };
}

/** A transaction can have only one condition on each principal, which can own several of the copies. */
function withoutRepeatedConditions(steps: readonly Step[]): Step[] {
  const required = new Set<PrincipalId>();
  return steps.filter((step) => {
    const isRepeated = step.do === 'require-open' && required.has(step.principal);
    if (step.do === 'require-open') {
      required.add(step.principal);
    }
    return !isRepeated;
  });
}
