import type { Share } from '../model/image.ts';
import { keyOf } from '../rules/images.ts';
import { entriesOf } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import type { ShareKey } from '../table/store.ts';
import { type FsckDeps, nameOf, type Suspicion, shareName, type TableScan } from './fsck-scan.ts';

/** Finds share items without an entry or a scheduled clean-up, and entries without a share item. */
export const shareSuspicions = (scan: TableScan, deps: FsckDeps): Suspicion[] => [
  ...[...scan.shares.values()].filter((share) => isLeftOver(share, scan)).map(leftOver),
  ...missingShares(scan, deps),
];

const aboutShare = ({ region, imageId, recipient }: ShareKey) => ({
  images: [{ region, imageId }],
  shares: [{ region, imageId, recipient }],
});

function isLeftOver(share: Share, { images, tasks }: TableScan): boolean {
  const image = images.get(nameOf(share));
  const hasEntry = image !== undefined && image.deletedAt === undefined && Object.hasOwn(image.recipients, share.recipient);
  const isScheduled = () =>
    tasks.some(
      (task) =>
        (task.kind === 'image' && nameOf(task) === nameOf(share)) ||
        (task.kind === 'shares' && nameOf(task) === nameOf(share) && task.recipients.includes(share.recipient)) ||
        (task.kind === 'principal' && task.principal === share.recipient),
    );
  return !hasEntry && !isScheduled();
}

const leftOver = (share: Share): Suspicion => ({
  problem: 'share-left-over',
  subject: shareName(share),
  detail: 'grants nothing but is listed for the recipient, and no clean-up is scheduled',
  about: aboutShare(share),
  repair: [{ do: 'remove-share', key: keyOf(share), recipient: share.recipient, recordId: share.recordId }],
});

const missingShares = ({ images, shares }: TableScan, { now }: FsckDeps): Suspicion[] =>
  [...images.values()]
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((image) =>
      entriesOf(image.recipients)
        .map(([recipient, end]) => ({ key: { ...keyOf(image), recipient }, end }))
        .filter(({ key }) => !shares.has(shareName(key)))
        .map(({ key, end }) => ({
          problem: 'share-item-missing',
          subject: shareName(key),
          detail: "is live but has no share item, so the recipient can't find the image in its list",
          about: aboutShare(key),
          repair: [
            {
              do: 'change-image',
              key: keyOf(image),
              owner: image.owner,
              expect: { entries: { [key.recipient]: end } },
              change: {},
            } as const,
            { do: 'put-share', share: { ...key, sharedAt: now(), sharedBy: serviceActor, recordId: serviceActor } } as const,
          ],
        })),
    );
