import type { Image, Share } from '../model/image.ts';
import { namesOf } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { type Finding, type FsckDeps, nameOf, shareName, type TableScan } from './fsck-scan.ts';

/**
 * Finds share items without an entry or a scheduled clean-up, and entries without a share item. Confirms each with a new read.
 */
export async function shareFindings(scan: TableScan, { store, now }: FsckDeps): Promise<Finding[]> {
  const isScheduled = (share: Share): boolean =>
    scan.tasks.some(
      (task) =>
        (task.kind === 'image' && nameOf(task) === nameOf(share)) ||
        (task.kind === 'shares' && nameOf(task) === nameOf(share) && task.recipients.includes(share.recipient)) ||
        (task.kind === 'principal' && task.principal === share.recipient),
    );
  const orphaned = [...scan.shares.values()].filter(
    (share) => !hasEntry(share, scan.images.get(nameOf(share))) && !isScheduled(share),
  );
  const missing = [...scan.images.values()].flatMap((image) =>
    image.deletedAt !== undefined
      ? []
      : namesOf(image.recipients)
          .filter((recipient) => !scan.shares.has(shareName({ ...image, recipient })))
          .map((recipient) => ({ image, recipient })),
  );
  const findings: Finding[] = [];
  for (const share of orphaned) {
    const { image, shares } = await store.read({ images: [share], shares: [share.recipient] });
    if (shares.get(share.recipient)?.recordId === share.recordId && !hasEntry(share, image)) {
      findings.push({
        problem: 'share-left-over',
        subject: shareName(share),
        detail: 'grants nothing but is listed for the recipient, and no clean-up is scheduled',
        repair: [{ do: 'remove-share', key: share, recipient: share.recipient, recordId: share.recordId }],
      });
    }
  }
  for (const { image: key, recipient } of missing) {
    const { image, shares } = await store.read({ images: [key], shares: [recipient] });
    const end = image?.recipients[recipient];
    if (image !== undefined && image.deletedAt === undefined && end !== undefined && !shares.has(recipient)) {
      findings.push({
        problem: 'share-item-missing',
        subject: shareName({ ...key, recipient }),
        detail: "is live but has no share item, so the recipient can't find the image in its list",
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

const hasEntry = (share: Share, image: Image | undefined): boolean =>
  image !== undefined && image.deletedAt === undefined && Object.hasOwn(image.recipients, share.recipient);
