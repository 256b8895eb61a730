import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  type BatchGetCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lib/table/client.ts';
import { LaggingIndex } from './lagging-index.ts';

/** Of 100 transactions so many meet another one and are cancelled. */
const conflictsPercent = 30;

/** An index may be so many writes behind, and is at least one behind. */
const lagMax = 20;

/**
 * A client that shows what DynamoDB on AWS does and the embedded one does not: index queries answer as of 1 to 20 writes
 * earlier, batches come back in part, pages are cut short, and 30 % of the transactions are cancelled by a conflict.
 * Its dice are seeded, so a run can be repeated.
 */
export function faultInjecting(client: DocumentClient, table: string, seed = 1): DocumentClient {
  const roll = diceOf(seed);
  const index = new LaggingIndex(() => scanned(client, table));

  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof TransactWriteCommand) {
      if (roll(100) < conflictsPercent) {
        throw conflict(command.input.TransactItems?.length ?? 1);
      }
      const answer = await client.send(command);
      await index.noteWrite();
      return answer;
    }
    if (command instanceof BatchGetCommand) {
      return answeredInPart(client, command.input, roll);
    }
    if (command instanceof QueryCommand) {
      const cut = { ...command.input, Limit: 1 + roll(command.input.Limit ?? 5) };
      return command.input.IndexName === undefined
        ? client.send(new QueryCommand(cut))
        : index.query(cut as QueryCommandInput, 1 + roll(lagMax));
    }
    return client.send(command as never);
  };
  return { send } as unknown as DocumentClient;
}

/** A generator of numbers in [0, below): the linear congruential one of Numerical Recipes. */
function diceOf(seed: number): (below: number) => number {
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
    CancellationReasons: Array.from({ length: items }, (_, at) => ({ Code: at === 0 ? 'TransactionConflict' : 'None' })),
  });

/** Reads a part of the batch, never nothing of it, and gives the rest back unprocessed. */
async function answeredInPart(
  client: DocumentClient,
  { RequestItems = {} }: BatchGetCommandInput,
  roll: (below: number) => number,
) {
  const [[table, { Keys = [], ...how }] = ['', { Keys: [] }]] = Object.entries(RequestItems);
  const read = 1 + roll(Keys.length);
  const answer = await client.send(new BatchGetCommand({ RequestItems: { [table]: { ...how, Keys: Keys.slice(0, read) } } }));
  const left = Keys.slice(read);
  return { ...answer, UnprocessedKeys: left.length === 0 ? {} : { [table]: { ...how, Keys: left } } };
}

async function scanned(client: DocumentClient, TableName: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    all.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return all;
}
