import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lib/table/document-client.ts';
import { LaggingIndex } from './lagging-index.ts';

/** How many of 100 transactions fail with a conflict. */
const conflictPercent = 30;

/** An index lags by 1 to this many writes. */
const lagMax = 20;

/**
 * Wraps a client so that it shows behavior of DynamoDB on AWS that the embedded DynamoDB doesn't have: index queries lag, batch
 * reads return only some items, pages are cut short, and some transactions fail with a conflict. The faults come from a seeded
 * random generator, so a run can be repeated.
 */
export function faultInjecting(client: DocumentClient, table: string, seed = 1): DocumentClient {
  const random = seededRandom(seed);
  const index = new LaggingIndex(() => scanAll(client, table));

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof TransactWriteCommand) {
      if (random(100) < conflictPercent) {
        throw conflict(command.input.TransactItems?.length ?? 1);
      }
      const response = await client.send(command);
      await index.noteWrite();
      return response;
    }
    if (command instanceof BatchGetCommand) {
      return partialBatchGet(client, command.input, random);
    }
    if (command instanceof QueryCommand) {
      const input = { ...command.input, Limit: 1 + random(command.input.Limit ?? 5) };
      return command.input.IndexName === undefined
        ? client.send(new QueryCommand(input))
        : index.query(input as QueryCommandInput, 1 + random(lagMax));
    }
    return client.send(command as never);
  };
  return { send } as unknown as DocumentClient;
}

/** Returns a generator of integers in [0, below): the linear congruential generator of Numerical Recipes. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const conflict = (items: number) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: Array.from({ length: items }, (_, index) => ({ Code: index === 0 ? 'TransactionConflict' : 'None' })),
  });

/** Reads at least one key of the batch and returns the rest as unprocessed. */
async function partialBatchGet(
  client: DocumentClient,
  { RequestItems = {} }: BatchGetCommandInput,
  random: (below: number) => number,
) {
  const [[table, { Keys = [], ...options }] = ['', { Keys: [] }]] = Object.entries(RequestItems);
  const count = 1 + random(Keys.length);
  const response = await client.send(
    new BatchGetCommand({ RequestItems: { [table]: { ...options, Keys: Keys.slice(0, count) } } }),
  );
  const unread = Keys.slice(count);
  return { ...response, UnprocessedKeys: unread.length === 0 ? {} : { [table]: { ...options, Keys: unread } } };
}

async function scanAll(client: DocumentClient, TableName: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return items;
}
