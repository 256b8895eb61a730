import type { PrincipalId } from '../model/ids.ts';
import type { Image } from '../model/image.ts';
import type { Step } from '../model/plan.ts';
import { entriesOf, epochSeconds, liveEntries, namesOf, noEnd } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { publicOwner } from '../rules/visibility.ts';
import { type Checking, type Finding, nameOf, type Seen } from './fsck-scan.ts';

/** What is wrong with an image and its map. */
export function imageFindings(image: Image, seen: Seen, { regions, now }: Checking): Finding[] {
  const subject = nameOf(image);
  const policy = regions.get(image.region);
  if (policy === undefined) {
    return [{ problem: 'region-unknown', subject, detail: `lies in a region that is not configured` }];
  }
  const isOpen = (principal: PrincipalId): boolean =>
    (policy.principalKind === 'account' ? seen.accounts : seen.projects).get(principal)?.state === 'open';
  const isDueWhole = seen.tasks.some((task) => task.kind === 'image' && nameOf(task) === subject);
  if (image.deletedAt !== undefined) {
    return namesOf(image.recipients).length > 0 && !isDueWhole
      ? [
          {
            problem: 'deleted-holds-entries',
            subject,
            detail: 'is deleted, holds entries, and no clean-up is due',
            repair: [scheduledImageCleanUp(image, now())],
          },
        ]
      : [];
  }
  const live = namesOf(liveEntries(image.recipients, now()));
  const isDue = (principal: PrincipalId, end: number): boolean =>
    seen.tasks.some(
      (task) => task.kind === 'shares' && nameOf(task) === subject && task.recipients.includes(principal) && task.dueAt <= end,
    );
  const isScheduled = (principal: PrincipalId): boolean =>
    seen.tasks.some((task) => task.kind === 'principal' && task.principal === principal);
  const forgotten = entriesOf(image.recipients).filter(([principal, end]) => end !== noEnd && !isDue(principal, end));
  const closed = namesOf(image.recipients).filter((principal) => !isOpen(principal) && !isScheduled(principal));
  return [
    ...(live.length > policy.recipientsPerImageMax
      ? [
          {
            problem: 'cap-passed',
            subject,
            detail: `is shared with ${live.length} of at most ${policy.recipientsPerImageMax} recipients`,
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
    ...forgotten.map(([principal, end]) => ({
      problem: 'end-not-due',
      subject,
      detail: `is shared with ${principal} until ${new Date(end * 1_000).toISOString()}, and no clean-up is scheduled for then`,
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
    ...closed.map((principal) => ({
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

const scheduledImageCleanUp = ({ region, imageId }: Image, now: Date): Step => ({
  do: 'schedule-clean-up',
  task: { kind: 'image', dueAt: epochSeconds(now), ref: imageId, region, imageId },
});
