/** Clean-up tasks, ordered by the time at which they are due. */
import { createHash } from 'node:crypto';
import type { CleanUpTask } from '../../model/record.ts';
import { type Item, withoutKeys } from '../item.ts';
import { fillPattern, type Key, keyOf, schema } from '../schema.ts';
import { taskShards } from '../store.ts';
import type { Writes } from '../write.ts';

export const shardPartition = (shard: number): string => fillPattern(schema.task.PK, { shard: String(shard) });

/** All tasks of an image, principal, or job are in the same shard, so that they run in the order in which they are due. */
export function taskKey(task: CleanUpTask): Key {
  const subject = subjectOf(task);
  const shard = createHash('sha256').update(subject).digest().readUInt32BE() % taskShards;
  const kind = storedKind(task);
  return keyOf(schema.task, { shard: String(shard), dueAt: sortableSeconds(task.dueAt), kind, subject, ref: task.ref });
}

function subjectOf(task: CleanUpTask): string {
  switch (task.kind) {
    case 'principal':
      return task.principal;
    case 'copy-job':
      return `${task.region}#${task.jobId}`;
    default:
      return `${task.region}#${task.imageId}`;
  }
}

/** Pads epoch seconds, so that they sort as strings. */
export const sortableSeconds = (seconds: number): string => String(seconds).padStart(12, '0');

/** In the table, `principal` and `principalKind` are named `holder` and `holderKind`, for compatibility with existing items. */
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
