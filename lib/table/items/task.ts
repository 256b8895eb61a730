/** Work for the clean-up, by the time from which on it may be done. */
import { createHash } from 'node:crypto';
import type { CleanUpTask } from '../../model/record.ts';
import { type Item, withoutKeys } from '../item.ts';
import { filled, type Key, keyOf, schema } from '../schema.ts';
import { taskShards } from '../store.ts';
import type { Writes } from '../write.ts';

export const shardPartition = (shard: number): string => filled(schema.task.PK, { shard: String(shard) });

/** All work of one image or principal lies in one shard, so that it is done in the order in which it fell due. */
export function taskKey(task: CleanUpTask): Key {
  const subject = task.kind === 'principal' ? task.principal : `${task.region}#${task.imageId}`;
  const shard = createHash('sha256').update(subject).digest().readUInt32BE() % taskShards;
  const kind = storedKind(task);
  return keyOf(schema.task, { shard: String(shard), dueAt: sortableSeconds(task.dueAt), kind, subject, ref: task.ref });
}

/** Epoch seconds so wide that they sort as text. */
export const sortableSeconds = (seconds: number): string => String(seconds).padStart(12, '0');

/** In the table, `principal` is named `holder` and `principalKind` `holderKind`, as in the items that earlier versions wrote. */
const storedKind = ({ kind }: CleanUpTask): string => (kind === 'principal' ? 'holder' : kind);

function taskItem(task: CleanUpTask): Item {
  if (task.kind !== 'principal') {
    return { ...taskKey(task), ...task };
  }
  const { principal, principalKind, ...rest } = task;
  return { ...taskKey(task), ...rest, kind: storedKind(task), holder: principal, holderKind: principalKind };
}

export function taskFrom(item: Item): CleanUpTask {
  const { holder, holderKind, ...rest } = withoutKeys(item);
  const task = rest['kind'] === 'holder' ? { ...rest, kind: 'principal', principal: holder, principalKind: holderKind } : rest;
  return task as unknown as CleanUpTask;
}

export const taskWrites: Writes<'schedule-clean-up' | 'remove-clean-up'> = {
  'schedule-clean-up': ({ task }) => ({ Put: { Item: taskItem(task) } }),
  'remove-clean-up': ({ task }) => ({ Delete: { Key: taskKey(task) } }),
};
