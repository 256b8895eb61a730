import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import { entriesOf, epochSeconds, liveEntries, namesOf, neverExpires } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { publicOwner } from '../rules/visibility.ts';
import { type Finding, type FsckDeps, nameOf, type TableScan } from './fsck-scan.ts';

/** Finds problems of an image and its recipient map. */
export function imageFindings(image: Image, scan: TableScan, { regions, now }: FsckDeps): Finding[] {
  const subject = nameOf(image);
  const policy = regions.get(image.region);
  if (policy === undefined) {
    return [{ problem: 'region-unknown', subject, detail: 'is in a region that is not configured' }];
  }
  const isOpen = (principal: PrincipalId): boolean =>
    (policy.principalKind === 'account' ? scan.accounts : scan.projects).get(principal)?.state === 'open';
  const hasImageTask = scan.tasks.some((task) => task.kind === 'image' && nameOf(task) === subject);
  if (image.deletedAt !== undefined) {
    return namesOf(image.recipients).length > 0 && !hasImageTask
      ? [
          {
            problem: 'deleted-has-entries',
            subject,
            detail: 'is deleted but still has recipients, and no clean-up is scheduled',
            repair: [scheduleImageCleanUp(image, now())],
          },
        ]
      : [];
  }
  const live = [...namesOf(liveEntries(image.recipients, now())), ...(image.plannedShares?.recipients ?? [])];
  const hasShareTask = (principal: PrincipalId, end: number): boolean =>
    scan.tasks.some(
      (task) => task.kind === 'shares' && nameOf(task) === subject && task.recipients.includes(principal) && task.dueAt <= end,
    );
  const hasPrincipalTask = (principal: PrincipalId): boolean =>
    scan.tasks.some((task) => task.kind === 'principal' && task.principal === principal);
  const unscheduled = entriesOf(image.recipients).filter(
    ([principal, end]) => end !== neverExpires && !hasShareTask(principal, end),
  );
  const closedRecipients = namesOf(image.recipients).filter((principal) => !isOpen(principal) && !hasPrincipalTask(principal));
  return [
    ...(live.length > policy.recipientsPerImageMax
      ? [
          {
            problem: 'cap-exceeded',
            subject,
            detail: `is shared or planned to be shared with ${live.length} recipients, more than the limit of ${policy.recipientsPerImageMax}`,
          },
        ]
      : []),
    ...(isOpen(image.owner) || image.owner === publicOwner
      ? []
      : [
          {
            problem: 'owner-not-open',
            subject,
            detail: `belongs to ${image.owner}, which is not an open ${policy.principalKind}`,
          },
        ]),
    ...unscheduled.map(([principal, end]) => ({
      problem: 'expiration-not-scheduled',
      subject,
      detail: `is shared with ${principal} until ${new Date(end * 1_000).toISOString()}, and no clean-up is scheduled for that time`,
      repair: [
        {
          do: 'schedule-clean-up',
          task: {
            kind: 'shares',
            dueAt: end,
            ref: serviceActor,
            region: image.region,
            imageId: image.imageId,
            recipients: [principal],
          },
        } as const,
      ],
    })),
    ...closedRecipients.map((principal) => ({
      problem: 'recipient-not-open',
      subject,
      detail: `is shared with ${principal}, which is not an open ${policy.principalKind}, and no clean-up is scheduled`,
      repair: [
        {
          do: 'schedule-clean-up',
          task: { kind: 'principal', dueAt: epochSeconds(now()), ref: principal, principal, principalKind: policy.principalKind },
        } as const,
      ],
    })),
  ];
}

const scheduleImageCleanUp = ({ region, imageId }: Image, now: Date): Step => ({
  do: 'schedule-clean-up',
  task: { kind: 'image', dueAt: epochSeconds(now), ref: imageId, region, imageId },
});
