/** How each kind of thing stands in the table, and back. Dates are ISO 8601 text at rest. */
import type { AccessKey } from '../model/access-key.ts';
import { type Account, type Count, counted, type Project } from '../model/holder.ts';
import type { AccessKeyId, HolderId, Region } from '../model/ids.ts';
import type { Image, Share } from '../model/image.ts';
import type { Instance } from '../model/instance.ts';
import type { KeptAnswer } from '../model/plan.ts';
import type { ChangeRecord, Due } from '../model/record.ts';
import * as keys from './schema.ts';
import type { NonceUse, Stored } from './store.ts';

/** An item as the document client takes and gives it. */
export type Item = Record<string, unknown>;

const dayMs = 86_400_000;

/** A deleted image's item is kept for so long, so that its records stay whole and its hours can be counted. */
const tombstoneDays = 400;

/** When a tombstone of an image that ended then may go, in epoch seconds. */
const tombstoneTtl = (endedAt: Date): number => Math.floor((endedAt.getTime() + tombstoneDays * dayMs) / 1_000);

/**
 * A map of names that callers choose, as the document client takes it: it asks plain objects for their `constructor`,
 * which may be one of the names.
 */
export const mapOf = (entries: Readonly<Record<string, unknown>>): Map<string, unknown> => new Map(Object.entries(entries));

export function imageItem(image: Image): Item {
  const { region, imageId, createdAt, endedAt, labels, recipients, ...rest } = image;
  return {
    ...keys.imageKey(image),
    GSI1PK: keys.ownedPartition({ region, holder: image.owner }),
    GSI1SK: keys.timeAndId(createdAt, imageId),
    ...rest,
    labels: mapOf(labels),
    recipients: mapOf(recipients),
    createdAt: createdAt.toISOString(),
    ...(endedAt !== undefined && endedAttributes(image, endedAt)),
  };
}

/** What an image's item takes on when it ends: it leaves its owner's list for that of the ended ones. */
export const endedAttributes = ({ region, imageId, owner }: Pick<Image, 'region' | 'imageId' | 'owner'>, endedAt: Date) => ({
  endedAt: endedAt.toISOString(),
  GSI1PK: keys.endedPartition({ region, holder: owner }),
  GSI1SK: keys.timeAndId(endedAt, imageId),
  ttl: tombstoneTtl(endedAt),
});

export function imageFrom(item: Item): Image {
  const { endedAt } = item;
  return {
    ...dated<Image>(item),
    ...keys.imageOfPartition(item['PK'] as string),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt as string) }),
  };
}

export const shareItem = (share: Share): Item => ({
  ...keys.shareKey(share, share.recipient),
  GSI1PK: keys.receivedPartition({ region: share.region, holder: share.recipient }),
  GSI1SK: keys.timeAndId(share.sharedAt, share.imageId),
  recipient: share.recipient,
  sharedAt: share.sharedAt.toISOString(),
  sharedBy: share.sharedBy,
  recordId: share.recordId,
  ...(share.lastUsedAt !== undefined && { lastUsedAt: share.lastUsedAt.toISOString() }),
});

export const shareFrom = (item: Item): Share => ({
  ...keys.imageOfPartition(item['PK'] as string),
  recipient: item['recipient'] as HolderId,
  sharedAt: new Date(item['sharedAt'] as string),
  sharedBy: item['sharedBy'] as string,
  recordId: item['recordId'] as string,
  ...(item['lastUsedAt'] !== undefined && { lastUsedAt: new Date(item['lastUsedAt'] as string) }),
});

/** The whole record stands in one attribute, the only one that the index carries besides keys. */
export const recordItem = (record: ChangeRecord): Item => ({
  ...keys.recordKey(record, record.id),
  GSI1PK: keys.recordsPartition(record.holderKind, record.holder),
  GSI1SK: record.id,
  record: { ...record, at: record.at.toISOString() },
});

/** The record that an item holds, or undefined for an item of another kind. */
export function recordFrom(item: Item): ChangeRecord | undefined {
  const record = item['record'] as (Omit<ChangeRecord, 'at'> & { at: string }) | undefined;
  return record === undefined ? undefined : { ...record, at: new Date(record.at) };
}

/** Ids of access keys as DynamoDB's set of texts, which is never empty. */
export const setOf = (ids: readonly AccessKeyId[]): Set<string> => new Set(ids);

export const accountItem = ({ createdAt, accessKeys = [], ...rest }: Account): Item => ({
  ...keys.accountKey(rest.accountId),
  ...rest,
  createdAt: createdAt.toISOString(),
  ...(accessKeys.length > 0 && { accessKeys: setOf(accessKeys) }),
});

export const accessKeyItem = ({ createdAt, ...rest }: AccessKey): Item => ({
  ...keys.accessKeyKey(rest.keyId),
  ...rest,
  createdAt: createdAt.toISOString(),
});

export const nonceItem = ({ keyId, nonce, until }: NonceUse): Item => ({
  ...keys.nonceKey(keyId, nonce),
  expiresAt: until,
  ttl: until,
});

export const instanceItem = (instance: Instance): Item => {
  const { region, instanceId, createdAt, ...rest } = instance;
  return {
    ...keys.instanceKey(instance),
    GSI1PK: keys.instancesPartition(instance),
    GSI1SK: keys.timeAndId(createdAt, instanceId),
    ...rest,
    createdAt: createdAt.toISOString(),
  };
};

export const projectItem = ({ createdAt, ...rest }: Project): Item => ({
  ...keys.projectKey(rest.projectId),
  GSI1PK: keys.projectsPartition(rest.account),
  GSI1SK: rest.projectId,
  ...rest,
  createdAt: createdAt.toISOString(),
});

function withoutKeys(item: Item): Item {
  const { PK: _, SK: __, GSI1PK: ___, GSI1SK: ____, ttl: _____, ...rest } = item;
  return rest;
}

const dated = <Thing>(item: Item): Thing => ({ ...withoutKeys(item), createdAt: new Date(item['createdAt'] as string) }) as Thing;

export function accountFrom(item: Item): Account {
  const accessKeys = item['accessKeys'] as ReadonlySet<AccessKeyId> | undefined;
  return { ...dated<Account>(item), ...(accessKeys !== undefined && { accessKeys: [...accessKeys].sort() }) };
}
export const accessKeyFrom = (item: Item): AccessKey => dated<AccessKey>(item);
export const projectFrom = (item: Item): Project => dated<Project>(item);
export const instanceFrom = (item: Item): Instance => ({
  ...dated<Instance>(item),
  ...keys.instanceOfPartition(item['PK'] as string),
});
export const countFrom = (item: Item): Count => ({ used: item['used'] as number, changes: item['changes'] as number });

export const keptItem = (kept: KeptAnswer): Item => ({
  ...keys.keptKey(kept.key),
  ...kept,
  answer: JSON.stringify(kept.answer),
  ttl: kept.expiresAt,
});
export const keptFrom = (item: Item): KeptAnswer => {
  const kept = withoutKeys(item) as unknown as KeptAnswer;
  return { ...kept, answer: JSON.parse(kept.answer as string) };
};

export const dueItem = (due: Due): Item => ({ ...keys.dueKey(due), ...due });
export const dueFrom = (item: Item): Due => withoutKeys(item) as unknown as Due;

/** What an item of the table is, by its keys. */
export function storedFrom(item: Item): Stored {
  const [kind = '', region, holder] = (item['PK'] as string).split('#');
  const sort = item['SK'] as string;
  if (kind === 'IMAGE' && sort === 'IMAGE') {
    return { of: 'image', image: imageFrom(item) };
  }
  if (kind === 'IMAGE' && sort.startsWith(keys.sharePrefix)) {
    return { of: 'share', share: shareFrom(item) };
  }
  switch (kind) {
    case 'HOLDER': {
      const what = counted.find((one) => keys.countSorts[one] === sort) ?? 'images';
      return { of: 'count', key: { what, region: region as Region, holder: holder as HolderId }, count: countFrom(item) };
    }
    case 'INSTANCE':
      return { of: 'instance', instance: instanceFrom(item) };
    case 'ACCOUNT':
      return { of: 'account', account: accountFrom(item) };
    case 'PROJECT':
      return { of: 'project', project: projectFrom(item) };
    case 'KEY':
      return { of: 'access-key', key: accessKeyFrom(item) };
    case 'DUE':
      return { of: 'due', due: dueFrom(item) };
    default:
      return { of: 'other' };
  }
}
