import type { Image, ListedShare, Share } from '../model/image.ts';
import { keyOf } from '../rules/images.ts';
import { entriesOf } from '../rules/recipients.ts';
import { serviceActor } from '../rules/records.ts';
import { listingUpdates } from '../rules/share-items.ts';
import type { ShareKey } from '../table/store.ts';
import { type FsckDeps, nameOf, type Suspicion, shareName, type TableScan } from './fsck-scan.ts';

/** Finds share items without an entry or a scheduled clean-up, outdated ones, and entries without a share item. */
export const shareSuspicions = (scan: TableScan, deps: FsckDeps): Suspicion[] => [
  ...[...scan.shares.values()].filter((share) => isLeftOver(share, scan)).map(leftOver),
  ...entriesWithItems(scan).flatMap((entry) => suspicionOf(entry, deps)),
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

/** An entry of a recipient map, with its share item. */
interface EntryWithItem {
  readonly image: Image;
  readonly key: ShareKey;
  readonly end: number;
  readonly share: Share | undefined;
}

const entriesWithItems = ({ images, shares }: TableScan): EntryWithItem[] =>
  [...images.values()]
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((image) =>
      entriesOf(image.recipients).map(([recipient, end]) => {
        const key = { ...keyOf(image), recipient };
        return { image, key, end, share: shares.get(shareName(key)) };
      }),
    );

const isSame = (a: ListedShare, b: ListedShare): boolean =>
  a.endsAt === b.endsAt && a.state === b.state && String(a.products) === String(b.products);

/** Missing and outdated items have the same repair, which keeps what an outdated item says about the sharing. */
function suspicionOf({ image, key, end, share }: EntryWithItem, { now }: FsckDeps): Suspicion[] {
  const { state, products } = image;
  const listed = { endsAt: end, state, products };
  if (share !== undefined && isSame(share.listed, listed)) {
    return [];
  }
  const recipients = { [key.recipient]: end };
  return [
    {
      ...(share === undefined
        ? {
            problem: 'share-item-missing',
            detail: "is live but has no share item, so the recipient can't find the image in its list",
          }
        : {
            problem: 'share-item-outdated',
            detail: `says that the image is ${JSON.stringify(share.listed)}, but it is ${JSON.stringify(listed)}, so lists of the recipient count it wrongly`,
          }),
      subject: shareName(key),
      about: aboutShare(key),
      repair: [
        {
          do: 'change-image',
          key: keyOf(image),
          owner: image.owner,
          expect: { state, products, entries: recipients },
          change: {},
        },
        ...listingUpdates(image, recipients, { at: now(), actor: serviceActor, recordId: serviceActor }),
      ],
    },
  ];
}
