/** Clients for the embedded DynamoDB, each with its own table. */
import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { type DocumentClient, documentClientOf } from '../../lib/table/document-client.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/table.ts';
import { refusingLikeAws } from './refused-by-aws.ts';
import { requestServer } from './servers.ts';

const { endpoint } = await requestServer('dynamodb');

interface FreshTable {
  readonly client: DocumentClient;
  readonly table: string;
  /** Deletes the table, unless it is gone with all others, and closes the client. */
  readonly drop: () => Promise<void>;
}

/** Creates a new table, and a client for it that refuses what DynamoDB on AWS refuses. */
export async function freshTable(): Promise<FreshTable> {
  const table = `test-${randomUUID()}`;
  await ensureTable(endpoint, table);
  const client = clientOf(endpoint);
  const drop = async () => {
    client.destroy();
    const admin = clientOf(endpoint);
    try {
      await admin.send(new DeleteTableCommand({ TableName: table }));
    } catch (failure) {
      if (!(failure instanceof ResourceNotFoundException)) {
        throw failure;
      }
    } finally {
      admin.destroy();
    }
  };
  return { client: refusingLikeAws(documentClientOf(client)), table, drop };
}

/** Wraps a client and records the name and input of every command it sends. */
export function recordCommands(client: DocumentClient): { client: DocumentClient; commands: string[]; inputs: unknown[] } {
  const names: string[] = [];
  const inputs: unknown[] = [];
  const send = (command: { input: unknown; constructor: { name: string } }) => {
    names.push(command.constructor.name.replace(/Command$/, ''));
    inputs.push(command.input);
    return client.send(command as never);
  };
  return { client: { send } as unknown as DocumentClient, commands: names, inputs };
}
