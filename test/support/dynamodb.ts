/** Stores on the embedded DynamoDB, each on a table of its own. */
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lib/table/client.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/table.ts';
import { requested } from './servers.ts';

const { endpoint } = await requested('dynamodb');

/** A client and a fresh table for it. */
export async function freshTable(): Promise<{ client: DynamoDBDocumentClient; table: string }> {
  const table = `test-${randomUUID()}`;
  await ensureTable(endpoint, table);
  return { client: DynamoDBDocumentClient.from(clientOf(endpoint)), table };
}

/** A client that notes the names of the commands it sends. */
export function counting(client: DocumentClient): { client: DocumentClient; sent: string[]; inputs: unknown[] } {
  const sent: string[] = [];
  const inputs: unknown[] = [];
  const send = (command: { input: unknown; constructor: { name: string } }) => {
    sent.push(command.constructor.name.replace(/Command$/, ''));
    inputs.push(command.input);
    return client.send(command as never);
  };
  return { client: { send } as unknown as DocumentClient, sent, inputs };
}
