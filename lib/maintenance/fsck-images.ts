import type { HolderId } from '../model/ids.ts';
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
  const isOpen = (holder: HolderId): boolean =>
    (policy.holderKind === 'account' ? seen.accounts : seen.projects).get(holder)?.state === 'open';
  const isDueWhole = seen.due.some((due) => due.kind === 'image' && nameOf(due) === subject);
  if (image.endedAt !== undefined) {
    return namesOf(image.recipients).length > 0 && !isDueWhole
      ? [
          {
            problem: 'ended-holds-entries',
            subject,
            detail: 'is deleted, holds entries, and no clean-up is due',
            repair: [sweepOfImage(image, now())],
          },
        ]
      : [];
  }
  const live = namesOf(liveEntries(image.recipients, now()));
  const isDue = (holder: HolderId, end: number): boolean =>
    seen.due.some(
      (due) => due.kind === 'shares' && nameOf(due) === subject && due.recipients.includes(holder) && due.dueAt <= end,
    );
  const isSwept = (holder: HolderId): boolean => seen.due.some((due) => due.kind === 'holder' && due.holder === holder);
  const forgotten = entriesOf(image.recipients).filter(([holder, end]) => end !== noEnd && !isDue(holder, end));
  const closed = namesOf(image.recipients).filter((holder) => !isOpen(holder) && !isSwept(holder));
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
      : [{ problem: 'owner-not-open', subject, detail: `belongs to ${image.owner}, which is not an open ${policy.holderKind}` }]),
    ...forgotten.map(([holder, end]) => ({
      problem: 'end-not-due',
      subject,
      detail: `is shared with ${holder} until ${new Date(end * 1_000).toISOString()}, and no clean-up is due then`,
      repair: [
        {
          do: 'put-due',
          due: {
            kind: 'shares',
            dueAt: end,
            ref: serviceActor,
            region: image.region,
            imageId: image.imageId,
            recipients: [holder],
          },
        } as const,
      ],
    })),
    ...closed.map((holder) => ({
      problem: 'recipient-not-open',
      subject,
      detail: `is shared with ${holder}, which is not an open ${policy.holderKind}, and no clean-up is due`,
      repair: [
        {
          do: 'put-due',
          due: { kind: 'holder', dueAt: epochSeconds(now()), ref: holder, holder, holderKind: policy.holderKind },
        } as const,
      ],
    })),
  ];
}

const sweepOfImage = ({ region, imageId }: Image, now: Date): Step => ({
  do: 'put-due',
  due: { kind: 'image', dueAt: epochSeconds(now), ref: imageId, region, imageId },
});
