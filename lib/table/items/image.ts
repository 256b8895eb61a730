/** Images with their recipients. The sharing limit, the delete guard, and all edits are conditions on this single item. */
import type { ImageKey, PrincipalId, Region } from '../../model/ids.ts';
import type { Image } from '../../model/image.ts';
import type { ImageExpectation, Step } from '../../model/plan.ts';
import { epochSecondsOf, type Item, mapOf } from '../item.ts';
import { Placeholders } from '../placeholders.ts';
import { deletedImageDays, fillPattern, type Key, keyOf, parsePattern, schema } from '../schema.ts';
import { doesNotExist, returnOldItem, type Writes } from '../write.ts';
import { recipientAttributes, recipientClauses, recipientConditions, recipientsFrom } from './recipients.ts';

type ChangeImage = Extract<Step, { do: 'change-image' }>;

const dayMs = 86_400_000;

export const imageKey = (key: ImageKey): Key => keyOf(schema.image, key);

/** Returns the image that an item belongs to: an image, share, or record, or its entry in the index. */
export const imageKeyOf = (item: Item): ImageKey => parsePattern(schema.image.PK, item['PK'] as string) as ImageKey;

/** The index partition of the images that a principal owns. */
export const ownedPartition = ({ region, principal }: { region: Region; principal: PrincipalId }): string =>
  fillPattern(schema.image.GSI1PK, { region, owner: principal });

/** The index partition of the deleted images of a principal. */
export const deletedPartition = ({ region, principal }: { region: Region; principal: PrincipalId }): string =>
  fillPattern(schema.deletedImage.GSI1PK, { region, owner: principal });

/** The position of an image in the list of its owner. */
export const ownedPosition = ({ createdAt, imageId }: Pick<Image, 'createdAt' | 'imageId'>): string =>
  fillPattern(schema.image.GSI1SK, { createdAt: createdAt.toISOString(), imageId });

/** The position of an image in the list of deleted images. */
export const deletedPosition = ({ deletedAt, imageId }: { deletedAt: Date; imageId: string }): string =>
  fillPattern(schema.deletedImage.GSI1SK, { deletedAt: deletedAt.toISOString(), imageId });

/** Tags and `deletedAt` are named `labels` and `endedAt`, for compatibility with existing items. */
export function imageItem(image: Image): Item {
  const { region: _, imageId: __, createdAt, deletedAt, tags, recipients, ...rest } = image;
  return {
    ...imageKey(image),
    GSI1PK: fillPattern(schema.image.GSI1PK, image),
    GSI1SK: ownedPosition(image),
    ...rest,
    labels: mapOf(tags),
    ...recipientAttributes(recipients),
    createdAt: createdAt.toISOString(),
    ...(deletedAt !== undefined && deletedAttributes(image, deletedAt)),
  };
}

export function imageFrom(item: Item): Image {
  const { stateReason, origin, plannedShares, endedAt } = item;
  // Spreading the other attributes would take longer than everything else of a list.
  return {
    ...imageKeyOf(item),
    owner: item['owner'],
    name: item['name'],
    description: item['description'],
    tags: item['labels'],
    state: item['state'],
    ...(stateReason !== undefined && { stateReason }),
    os: item['os'],
    architecture: item['architecture'],
    product: item['product'],
    products: item['products'],
    disksGiB: item['disksGiB'],
    encryption: item['encryption'],
    ...(origin !== undefined && { origin }),
    createdAt: new Date(item['createdAt'] as string),
    recipients: recipientsFrom(item),
    ...(plannedShares !== undefined && { plannedShares }),
    revision: item['revision'],
    detailsRevision: item['detailsRevision'],
    lastRecordId: item['lastRecordId'],
    ...(endedAt !== undefined && { deletedAt: new Date(endedAt as string) }),
  } satisfies { readonly [Field in keyof Image]: unknown } as Image;
}

/** The attributes of a deleted image, which move it to the list of deleted images. */
const deletedAttributes = (image: ImageKey & { owner: PrincipalId }, deletedAt: Date) => ({
  endedAt: deletedAt.toISOString(),
  GSI1PK: fillPattern(schema.deletedImage.GSI1PK, image),
  GSI1SK: deletedPosition({ deletedAt, imageId: image.imageId }),
  ttl: epochSecondsOf(new Date(deletedAt.getTime() + deletedImageDays * dayMs)),
});

export const imageWrites: Writes<'create-image' | 'change-image' | 'empty-deleted-image'> = {
  'create-image': ({ image }) => ({ Put: { Item: imageItem(image), ConditionExpression: doesNotExist } }),

  'change-image': (step) => {
    const placeholders = new Placeholders();
    const UpdateExpression = updateOf(step, placeholders);
    const condition = {
      Key: imageKey(step.key),
      ConditionExpression: conditionOf(step.expect, placeholders),
      ...placeholders.attributes,
      ...returnOldItem,
    };
    // DynamoDB rejects an update that changes nothing, such as fsck's.
    return UpdateExpression === '' ? { ConditionCheck: condition } : { Update: { ...condition, UpdateExpression } };
  },

  'empty-deleted-image': ({ key }) => ({
    Update: {
      Key: imageKey(key),
      UpdateExpression: 'SET expiring = :empty REMOVE recipients',
      ConditionExpression: 'attribute_exists(endedAt)',
      ExpressionAttributeValues: { ':empty': {} },
    },
  }),
};

function conditionOf(expect: ImageExpectation, placeholders: Placeholders): string {
  const { state, products, detailsRevision, plannedShares } = expect;
  const unchanged = Object.entries({ state, products, detailsRevision, plannedShares }).filter(
    ([, value]) => value !== undefined,
  );
  return [
    'attribute_exists(PK)',
    `attribute_not_exists(${placeholders.name('endedAt')})`,
    ...unchanged.map(([name, value]) => `${placeholders.name(name)} = ${placeholders.value(value)}`),
    ...recipientConditions(expect, placeholders),
  ].join(' AND ');
}

function updateOf({ key, owner, expect, change, records }: ChangeImage, placeholders: Placeholders): string {
  const { details: { tags, ...details } = {}, plannedShares, deletedAt } = change;
  const recipients = recipientClauses(expect, change, placeholders);
  const attributes = {
    ...details,
    ...(tags !== undefined && { labels: mapOf(tags) }),
    ...(deletedAt !== undefined && deletedAttributes({ ...key, owner }, deletedAt)),
    ...(plannedShares && { plannedShares }),
    ...(records !== undefined && { lastRecordId: records.lastId }),
  };
  const clauses = {
    SET: [
      ...Object.entries(attributes).map(([name, value]) => `${placeholders.name(name)} = ${placeholders.value(value)}`),
      ...recipients.SET,
    ],
    REMOVE: [...recipients.REMOVE, ...(plannedShares === null ? [placeholders.name('plannedShares')] : [])],
    ADD: [
      ...(records === undefined ? [] : [`${placeholders.name('revision')} ${placeholders.value(records.count)}`]),
      ...(change.details === undefined ? [] : [`${placeholders.name('detailsRevision')} ${placeholders.value(1)}`]),
      ...recipients.ADD,
    ],
    DELETE: recipients.DELETE,
  };
  return Object.entries(clauses)
    .flatMap(([clause, parts]) => (parts.length > 0 ? [`${clause} ${parts.join(', ')}`] : []))
    .join(' ');
}
