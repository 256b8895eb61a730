/** The table's stream, and how Lambda reads it: see `relay-changes` in serverless.yml. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import { type Item, nameOf, textOf } from '../support/table-snapshot.ts';

/** Returns what the stream reports if the items before become those after. */
export function writesBetween(before: readonly Item[], after: readonly Item[], sequence: number): DynamoDBRecord[] {
  const earlier = new Map(before.map((item) => [nameOf(item), item]));
  return after
    .filter((item) => textOf(item) !== textOf(earlier.get(nameOf(item))))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((item, index): DynamoDBRecord => {
      const old = earlier.get(nameOf(item));
      return {
        eventName: old === undefined ? 'INSERT' : 'MODIFY',
        dynamodb: {
          SequenceNumber: String(sequence + index),
          NewImage: marshall(item) as never,
          ...(old !== undefined && { OldImage: marshall(old) as never }),
        },
      };
    });
}

export const sequenceOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.SequenceNumber ?? '';

/** serverless.yml has more, which only takes longer. */
const attemptsMax = 3;

/** What became of the writes. */
interface Delivery {
  /** The sequence numbers of those that an invocation reported as failed. */
  readonly failed: ReadonlySet<string>;
  /** Those that failed in every attempt, which are reported to the dead-letter queue. */
  readonly unrelayed: readonly string[];
}

/**
 * Invokes the function with the writes until it has reported no failure. After one, invokes it again from the failed write on. Gives
 * up a write that fails too often, calls `onGivenUp`, and goes on with the next one.
 */
export async function deliver(
  writes: readonly DynamoDBRecord[],
  invoke: (writes: DynamoDBRecord[]) => Promise<DynamoDBBatchResponse>,
  onGivenUp: () => void,
): Promise<Delivery> {
  const failed = new Set<string>();
  const unrelayed: string[] = [];
  let [start, attempts] = [0, 0];
  while (start < writes.length) {
    const [failure] = (await invoke(writes.slice(start))).batchItemFailures;
    if (failure === undefined) {
      break;
    }
    const next = writes.findIndex((write, index) => index >= start && sequenceOf(write) === failure.itemIdentifier);
    if (next < 0) {
      throw new Error(`The function reports a failure of ${failure.itemIdentifier}, which it did not get`);
    }
    attempts = next === start ? attempts + 1 : 1;
    start = next;
    failed.add(failure.itemIdentifier);
    if (attempts === attemptsMax) {
      unrelayed.push(failure.itemIdentifier);
      onGivenUp();
      [start, attempts] = [start + 1, 0];
    }
  }
  return { failed, unrelayed };
}
