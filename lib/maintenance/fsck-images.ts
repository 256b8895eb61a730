import type { PrincipalId } from '../model/ids.ts';
import { type Image, neverExpires } from '../model/image.ts';
import type { Policy } from '../model/policy.ts';
import { cleanUpOfImage, cleanUpOfPrincipal, cleanUpOfShares } from '../rules/clean-up-tasks.ts';
import { keyOf } from '../rules/images.ts';
import { principalIn, principalKeys } from '../rules/principals.ts';
import { entriesOf, epochSeconds, liveEntries, namesOf } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { publicOwner } from '../rules/visibility.ts';
import { type FsckDeps, nameOf, type Suspicion, shareName, type TableScan } from './fsck-scan.ts';

/** Finds problems of images and their recipient maps. */
export const imageSuspicions = (scan: TableScan, deps: FsckDeps): Suspicion[] =>
  [...scan.images.values()].flatMap((image) => {
    const policy = deps.regions.get(image.region);
    const common = { subject: nameOf(image), about: { images: [keyOf(image)] } };
    if (policy === undefined) {
      return [{ ...common, problem: 'region-unknown', detail: 'is in a region that is not configured' }];
    }
    return image.deletedAt === undefined
      ? [
          ...capSuspicions(image, policy, deps.now()),
          ...ownerSuspicions(image, policy, scan),
          ...scheduleSuspicions(image, scan),
          ...recipientSuspicions(image, policy, scan, deps.now()),
        ]
      : deletedSuspicions(image, scan, deps.now());
  });

function deletedSuspicions(image: Image, { tasks }: TableScan, now: Date): Suspicion[] {
  const isScheduled = tasks.some((task) => task.kind === 'image' && nameOf(task) === nameOf(image));
  return namesOf(image.recipients).length === 0 || isScheduled
    ? []
    : [
        {
          problem: 'deleted-has-entries',
          subject: nameOf(image),
          detail: 'is deleted but still has recipients, and no clean-up is scheduled',
          about: { images: [keyOf(image)] },
          repair: [cleanUpOfImage(image, epochSeconds(now))],
        },
      ];
}

function capSuspicions(image: Image, { recipientsPerImageMax }: Policy, now: Date): Suspicion[] {
  const live = [...namesOf(liveEntries(image.recipients, now)), ...(image.plannedShares?.recipients ?? [])];
  return live.length <= recipientsPerImageMax
    ? []
    : [
        {
          problem: 'cap-exceeded',
          subject: nameOf(image),
          detail: `is shared or planned to be shared with ${live.length} recipients, more than the limit of ${recipientsPerImageMax}`,
          about: { images: [keyOf(image)] },
        },
      ];
}

const isOpen = (principal: PrincipalId, { principalKind: kind }: Policy, scan: TableScan): boolean =>
  principalIn(scan, { principal, kind })?.state === 'open';

const ownerSuspicions = (image: Image, policy: Policy, scan: TableScan): Suspicion[] =>
  image.owner === publicOwner || isOpen(image.owner, policy, scan)
    ? []
    : [
        {
          problem: 'owner-not-open',
          subject: nameOf(image),
          detail: `belongs to ${image.owner}, which is not an open ${policy.principalKind}`,
          about: { images: [keyOf(image)], ...principalKeys([image.owner], policy) },
        },
      ];

/** Finds shares whose expiration nothing will notice. */
function scheduleSuspicions(image: Image, { tasks }: TableScan): Suspicion[] {
  const isScheduled = (principal: PrincipalId, end: number): boolean =>
    tasks.some(
      (task) =>
        task.kind === 'shares' && nameOf(task) === nameOf(image) && task.recipients.includes(principal) && task.dueAt <= end,
    );
  return entriesOf(image.recipients)
    .filter(([principal, end]) => end !== neverExpires && !isScheduled(principal, end))
    .map(([recipient, end]) => ({
      problem: 'expiration-not-scheduled',
      subject: shareName({ ...image, recipient }),
      detail: `ends at ${new Date(end * 1_000).toISOString()}, and no clean-up is scheduled for that time`,
      about: { images: [keyOf(image)] },
      repair: [cleanUpOfShares(image, end, { ref: serviceActor, recipients: [recipient] })],
    }));
}

/** Finds shares with principals that aren't open, unless these are being removed. */
function recipientSuspicions(image: Image, policy: Policy, scan: TableScan, now: Date): Suspicion[] {
  const { principalKind } = policy;
  const isScheduled = (principal: PrincipalId): boolean =>
    scan.tasks.some((task) => task.kind === 'principal' && task.principal === principal);
  return namesOf(image.recipients)
    .filter((principal) => !isOpen(principal, policy, scan) && !isScheduled(principal))
    .map((principal) => ({
      problem: 'recipient-not-open',
      subject: shareName({ ...image, recipient: principal }),
      detail: `is a share with a recipient that is not an open ${principalKind}, and no clean-up is scheduled`,
      about: { images: [keyOf(image)], ...principalKeys([principal], policy) },
      repair: [cleanUpOfPrincipal(principal, principalKind, epochSeconds(now))],
    }));
}
