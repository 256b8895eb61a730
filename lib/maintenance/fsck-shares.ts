import type { Image, Share } from '../model/image.ts';
import { namesOf } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { type Checking, type Finding, nameOf, type Seen, shareName } from './fsck-scan.ts';

/** Share items that no entry backs and no clean-up is due for, and entries without their item; each read again. */
export async function shareFindings(seen: Seen, { store, now }: Checking): Promise<Finding[]> {
  const isDue = (share: Share): boolean =>
    seen.tasks.some(
      (task) =>
        (task.kind === 'image' && nameOf(task) === nameOf(share)) ||
        (task.kind === 'shares' && nameOf(task) === nameOf(share) && task.recipients.includes(share.recipient)) ||
        (task.kind === 'principal' && task.principal === share.recipient),
    );
  const left = [...seen.shares.values()].filter((share) => !isBacked(share, seen.images.get(nameOf(share))) && !isDue(share));
  const bare = [...seen.images.values()].flatMap((image) =>
    image.deletedAt !== undefined
      ? []
      : namesOf(image.recipients)
          .filter((recipient) => !seen.shares.has(shareName({ ...image, recipient })))
          .map((recipient) => ({ image, recipient })),
  );
  const findings: Finding[] = [];
  for (const share of left) {
    const { image, shares } = await store.read({ images: [share], shares: [share.recipient] });
    if (shares.get(share.recipient)?.recordId === share.recordId && !isBacked(share, image)) {
      findings.push({
        problem: 'share-left-over',
        subject: shareName(share),
        detail: 'grants nothing, stands in the list of the recipient, and no clean-up is due',
        repair: [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }],
      });
    }
  }
  for (const { image: key, recipient } of bare) {
    const { image, shares } = await store.read({ images: [key], shares: [recipient] });
    const end = image?.recipients[recipient];
    if (image !== undefined && image.deletedAt === undefined && end !== undefined && !shares.has(recipient)) {
      findings.push({
        problem: 'share-item-missing',
        subject: shareName({ ...key, recipient }),
        detail: 'is live, but its item is missing, so that the recipient does not find it in its list',
        repair: [
          { do: 'change-image', key: image, owner: image.owner, expect: { entries: { [recipient]: end } }, change: {} },
          {
            do: 'put-share',
            share: {
              region: key.region,
              imageId: key.imageId,
              recipient,
              sharedAt: now(),
              sharedBy: serviceActor,
              recordId: serviceActor,
            },
          },
        ],
      });
    }
  }
  return findings;
}

const isBacked = (share: Share, image: Image | undefined): boolean =>
  image !== undefined && image.deletedAt === undefined && Object.hasOwn(image.recipients, share.recipient);
