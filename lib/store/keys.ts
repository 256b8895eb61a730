/** Every key pattern of the table. No other file knows one. */
import { createHash } from 'node:crypto';
import type { HolderKind } from '../model/holder.ts';
import type { HolderId, ImageId, ImageKey, Region } from '../model/ids.ts';
import type { Due } from '../model/record.ts';
import { dueShards, type QuotaKey } from './store.ts';

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export const indexName = 'GSI1';

const twice = (key: string): Key => ({ PK: key, SK: key });
const partitionOf = ({ region, imageId }: ImageKey): string => `IMAGE#${region}#${imageId}`;

export const imageKey = (key: ImageKey): Key => ({ PK: partitionOf(key), SK: 'IMAGE' });
export const shareKey = (key: ImageKey, recipient: HolderId): Key => ({ PK: partitionOf(key), SK: `SHARE#${recipient}` });
export const sharePrefix = 'SHARE#';
export const recordKey = (key: ImageKey, id: string): Key => ({ PK: partitionOf(key), SK: `RECORD#${id}` });
export const quotaKey = ({ region, holder }: QuotaKey): Key => ({ PK: `HOLDER#${region}#${holder}`, SK: 'QUOTA' });
export const accountKey = (id: HolderId): Key => twice(`ACCOUNT#${id}`);
export const projectKey = (id: HolderId): Key => twice(`PROJECT#${id}`);
export const holderKey = (kind: HolderKind, id: HolderId): Key => (kind === 'account' ? accountKey(id) : projectKey(id));
export const keptKey = (key: string): Key => twice(`IDEMPOTENCY#${key}`);

export const shardPartition = (shard: number): string => `DUE#${shard}`;

/** All work of one image or holder lies in one shard, so that it is done in the order in which it fell due. */
export function dueKey(due: Due): Key {
  const subject = due.kind === 'holder' ? due.holder : `${due.region}#${due.imageId}`;
  const shard = createHash('sha256').update(subject).digest().readUInt32BE() % dueShards;
  return { PK: shardPartition(shard), SK: `${dueTime(due.dueAt)}#${due.kind}#${subject}#${due.ref}` };
}

/** Epoch seconds so wide that they sort as text. */
export const dueTime = (seconds: number): string => String(seconds).padStart(12, '0');

export const ownedPartition = ({ region, holder }: QuotaKey): string => `OWNER#${region}#${holder}`;
export const endedPartition = ({ region, holder }: QuotaKey): string => `ENDED#${region}#${holder}`;
export const receivedPartition = ({ region, holder }: QuotaKey): string => `RECIPIENT#${region}#${holder}`;
export const recordsPartition = (kind: HolderKind, holder: HolderId): string => `RECORDS#${kind}#${holder}`;
export const projectsPartition = (account: HolderId): string => `PROJECTS#${account}`;

/** Sorts by time, then by image. */
export const timeAndImage = (at: Date, imageId: ImageId): string => `${at.toISOString()}#${imageId}`;

/** The image that an entry of the index belongs to, by its partition key. */
export function imageOfPartition(partition: string): ImageKey {
  const [, region, imageId] = partition.split('#');
  return { region: region as Region, imageId: imageId as ImageId };
}

/** The image that a position in a list of images names. */
export const imageIdOfPosition = (position: string): ImageId => position.slice(position.indexOf('#') + 1) as ImageId;
