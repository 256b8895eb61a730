/** Work for the clean-up, by the time from which on it may be done. */
import { createHash } from 'node:crypto';
import type { Due } from '../../model/record.ts';
import { type Item, withoutKeys } from '../item.ts';
import { filled, type Key, keyOf, schema } from '../schema.ts';
import { dueShards } from '../store.ts';
import type { Writes } from '../write.ts';

export const shardPartition = (shard: number): string => filled(schema.task.PK, { shard: String(shard) });

/** All work of one image or holder lies in one shard, so that it is done in the order in which it fell due. */
export function taskKey(task: Due): Key {
  const subject = task.kind === 'holder' ? task.holder : `${task.region}#${task.imageId}`;
  const shard = createHash('sha256').update(subject).digest().readUInt32BE() % dueShards;
  const { kind, ref } = task;
  return keyOf(schema.task, { shard: String(shard), dueAt: sortableSeconds(task.dueAt), kind, subject, ref });
}

/** Epoch seconds so wide that they sort as text. */
export const sortableSeconds = (seconds: number): string => String(seconds).padStart(12, '0');

export const taskFrom = (item: Item): Due => withoutKeys(item) as unknown as Due;

export const taskWrites: Writes<'put-due' | 'remove-due'> = {
  'put-due': ({ due }) => ({ Put: { Item: { ...taskKey(due), ...due } } }),
  'remove-due': ({ due }) => ({ Delete: { Key: taskKey(due) } }),
};
