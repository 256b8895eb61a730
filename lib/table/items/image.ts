/** Images, each with the map of its recipients. The cap, the delete guard and every edit are conditions of this one item. */
import type { ImageKey, PrincipalId, Region } from '../../model/ids.ts';
import type { Image, Tags } from '../../model/image.ts';
import type { ImageExpectation, Step } from '../../model/plan.ts';
import { dated, epochSecondsOf, type Item } from '../item.ts';
import { Placeholders } from '../placeholders.ts';
import { deletedImageDays, filled, type Key, keyOf, schema, valuesIn } from '../schema.ts';
import { doesNotExist, returnOldItem, type Writes } from '../write.ts';

type ChangeImage = Extract<Step, { do: 'change-image' }>;

const dayMs = 86_400_000;

export const imageKey = (key: ImageKey): Key => keyOf(schema.image, key);

/** The image that an item belongs to: its own, one of its shares or records, and their entries in the index. */
export const imageKeyOf = (item: Item): ImageKey => valuesIn(schema.image.PK, item['PK'] as string) as ImageKey;

/** The index's partition of the images that an account or project owns. */
export const ownedPartition = (place: { region: Region; principal: PrincipalId }): string =>
  filled(schema.image.GSI1PK, { region: place.region, owner: place.principal });

/** The index's partition of those that it owned and that are deleted. */
export const deletedPartition = (place: { region: Region; principal: PrincipalId }): string =>
  filled(schema.deletedImage.GSI1PK, { region: place.region, owner: place.principal });

/** Where an image stands in the list of its owner. */
export const ownedPosition = ({ createdAt, imageId }: Pick<Image, 'createdAt' | 'imageId'>): string =>
  filled(schema.image.GSI1SK, { createdAt: createdAt.toISOString(), imageId });

/** Where a deleted image stands in the list of such. */
export const deletedPosition = ({ deletedAt, imageId }: { deletedAt: Date; imageId: string }): string =>
  filled(schema.deletedImage.GSI1SK, { deletedAt: deletedAt.toISOString(), imageId });

/** The attributes are named `labels` and `endedAt`, as in the items that earlier versions wrote. */
export function imageItem(image: Image): Item {
  const { region: _, imageId: __, createdAt, deletedAt, tags, recipients, ...rest } = image;
  return {
    ...imageKey(image),
    GSI1PK: filled(schema.image.GSI1PK, image),
    GSI1SK: ownedPosition(image),
    ...rest,
    labels: mapOf(tags),
    recipients: mapOf(recipients),
    createdAt: createdAt.toISOString(),
    ...(deletedAt !== undefined && deletedAttributes(image, deletedAt)),
  };
}

export function imageFrom(item: Item): Image {
  const { labels, endedAt, ...rest } = item;
  return {
    ...dated<Omit<Image, 'tags'>>(rest),
    ...imageKeyOf(item),
    tags: labels as Tags,
    ...(endedAt !== undefined && { deletedAt: new Date(endedAt as string) }),
  };
}

/** What an image's item takes on when it is deleted: it leaves its owner's list for that of the deleted ones. */
const deletedAttributes = (image: ImageKey & { owner: PrincipalId }, deletedAt: Date) => ({
  endedAt: deletedAt.toISOString(),
  GSI1PK: filled(schema.deletedImage.GSI1PK, image),
  GSI1SK: deletedPosition({ deletedAt, imageId: image.imageId }),
  ttl: epochSecondsOf(new Date(deletedAt.getTime() + deletedImageDays * dayMs)),
});

/**
 * A map of names that callers choose, as the document client takes it: it asks plain objects for their `constructor`,
 * which may be one of the names.
 */
const mapOf = (entries: Readonly<Record<string, unknown>>): Map<string, unknown> => new Map(Object.entries(entries));

export const imageWrites: Writes<'create-image' | 'change-image' | 'empty-deleted-image'> = {
  'create-image': ({ image }) => ({ Put: { Item: imageItem(image), ConditionExpression: doesNotExist } }),

  'change-image': (step) => {
    const words = new Placeholders();
    return {
      Update: {
        Key: imageKey(step.key),
        UpdateExpression: updateOf(step, words),
        ConditionExpression: conditionOf(step.expect, words),
        ...words.attributes,
        ...returnOldItem,
      },
    };
  },

  'empty-deleted-image': ({ key }) => ({
    Update: {
      Key: imageKey(key),
      UpdateExpression: 'SET recipients = :empty',
      ConditionExpression: 'attribute_exists(endedAt)',
      ExpressionAttributeValues: { ':empty': {} },
    },
  }),
};

function conditionOf(expect: ImageExpectation, words: Placeholders): string {
  // DynamoDB refuses a name that no expression uses, so the map's is taken only where it is.
  const map = () => words.name('recipients');
  const entry = (recipient: string) => `${map()}.${words.name(recipient)}`;
  const exists = 'attribute_exists(PK)';
  const isNotDeleted = `attribute_not_exists(${words.name('endedAt')})`;
  const detailsAreAsSeen =
    expect.detailsRevision !== undefined ? [`${words.name('detailsRevision')} = ${words.value(expect.detailsRevision)}`] : [];
  const isInState = expect.state !== undefined ? [`${words.name('state')} = ${words.value(expect.state)}`] : [];
  const mapIsExactly = expect.exactly !== undefined ? [`${map()} = ${words.value(mapOf(expect.exactly))}`] : [];
  // The cap on recipients: the size before the change, at most so many that the size after it is at most the cap.
  const hasRoom = expect.entriesAtMost !== undefined ? [`size(${map()}) <= ${words.value(expect.entriesAtMost)}`] : [];
  const entriesAreAsSeen = Object.entries(expect.entries ?? {}).map(
    ([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`,
  );
  const addedAreAbsent = (expect.absent ?? []).map((recipient) => `attribute_not_exists(${entry(recipient)})`);
  return [
    exists,
    isNotDeleted,
    ...isInState,
    ...detailsAreAsSeen,
    ...mapIsExactly,
    ...hasRoom,
    ...entriesAreAsSeen,
    ...addedAreAbsent,
  ].join(' AND ');
}

function updateOf({ key, owner, change, records }: ChangeImage, words: Placeholders): string {
  const { details: { tags, ...details } = {}, entries, drop = [], deletedAt } = change;
  const entry = (recipient: string) => `${words.name('recipients')}.${words.name(recipient)}`;
  const attributes = {
    ...details,
    ...(tags !== undefined && { labels: mapOf(tags) }),
    ...(deletedAt !== undefined && deletedAttributes({ ...key, owner }, deletedAt)),
    ...(records !== undefined && { lastRecordId: records.lastId }),
  };
  const sets = [
    ...Object.entries(attributes).map(([name, value]) => `${words.name(name)} = ${words.value(value)}`),
    ...Object.entries(entries ?? {}).map(([recipient, end]) => `${entry(recipient)} = ${words.value(end)}`),
  ];
  const numbers = [
    ...(records === undefined ? [] : [`${words.name('revision')} ${words.value(records.count)}`]),
    ...(change.details === undefined ? [] : [`${words.name('detailsRevision')} ${words.value(1)}`]),
  ];
  return [
    ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
    ...(drop.length > 0 ? [`REMOVE ${drop.map(entry).join(', ')}`] : []),
    ...(numbers.length > 0 ? [`ADD ${numbers.join(', ')}`] : []),
  ].join(' ');
}
