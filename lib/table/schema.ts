/** Every key pattern of the table. No other file knows one. */
import { createHash } from 'node:crypto';
import type { Counted, HolderKind } from '../model/holder.ts';
import type { AccessKeyId, HolderId, ImageId, ImageKey, InstanceId, InstanceKey, Region } from '../model/ids.ts';
import type { Due } from '../model/record.ts';
import { type CountKey, dueShards, type HolderPlace } from './store.ts';

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export const indexName = 'GSI1';

/** The sort key of each count. */
export const countSorts: Readonly<Record<Counted, string>> = { images: 'QUOTA', instances: 'INSTANCES' };

const twice = (key: string): Key => ({ PK: key, SK: key });
const partitionOf = ({ region, imageId }: ImageKey): string => `IMAGE#${region}#${imageId}`;

export const imageKey = (key: ImageKey): Key => ({ PK: partitionOf(key), SK: 'IMAGE' });
export const shareKey = (key: ImageKey, recipient: HolderId): Key => ({ PK: partitionOf(key), SK: `SHARE#${recipient}` });
export const sharePrefix = 'SHARE#';
export const recordKey = (key: ImageKey, id: string): Key => ({ PK: partitionOf(key), SK: `RECORD#${id}` });
export const countKey = ({ what, region, holder }: CountKey): Key => ({ PK: `HOLDER#${region}#${holder}`, SK: countSorts[what] });
export const instanceKey = ({ region, instanceId }: InstanceKey): Key => ({
  PK: `INSTANCE#${region}#${instanceId}`,
  SK: 'INSTANCE',
});
export const accountKey = (id: HolderId): Key => twice(`ACCOUNT#${id}`);
export const projectKey = (id: HolderId): Key => twice(`PROJECT#${id}`);
export const holderKey = (kind: HolderKind, id: HolderId): Key => (kind === 'account' ? accountKey(id) : projectKey(id));
export const accessKeyKey = (id: AccessKeyId): Key => twice(`KEY#${id}`);

/** A nonce is whatever the caller sent, of any length and characters, so its digest stands for it. */
export const nonceKey = (keyId: AccessKeyId, nonce: string): Key =>
  twice(`NONCE#${keyId}#${createHash('sha256').update(nonce).digest('base64url')}`);

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

export const ownedPartition = ({ region, holder }: HolderPlace): string => `OWNER#${region}#${holder}`;
export const endedPartition = ({ region, holder }: HolderPlace): string => `ENDED#${region}#${holder}`;
export const receivedPartition = ({ region, holder }: HolderPlace): string => `RECIPIENT#${region}#${holder}`;
export const recordsPartition = (kind: HolderKind, holder: HolderId): string => `RECORDS#${kind}#${holder}`;
export const projectsPartition = (account: HolderId): string => `PROJECTS#${account}`;

export const instancesPartition = ({ region, holder }: HolderPlace): string => `INSTANCES#${region}#${holder}`;

/** Sorts by time, then by image or instance. */
export const timeAndId = (at: Date, id: ImageId | InstanceId): string => `${at.toISOString()}#${id}`;

/** The image that an entry of the index belongs to, by its partition key. */
export function imageOfPartition(partition: string): ImageKey {
  const [, region, imageId] = partition.split('#');
  return { region: region as Region, imageId: imageId as ImageId };
}

/** The instance that an entry of the index belongs to, by its partition key. */
export function instanceOfPartition(partition: string): InstanceKey {
  const [, region, instanceId] = partition.split('#');
  return { region: region as Region, instanceId: instanceId as InstanceId };
}

/** The image or instance that a position in a list of them names. */
export const idOfPosition = (position: string): string => position.slice(position.indexOf('#') + 1);
