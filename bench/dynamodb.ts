/** An embedded DynamoDB for a part, with its data in a temporary file. */
import { randomUUID } from 'node:crypto';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { regionsFrom } from '../lib/app/regions.ts';
import { fsck } from '../lib/maintenance/fsck.ts';
import { DynamoDBStore } from '../lib/table/dynamodb-store.ts';
import { clientOf, startEmbeddedDynamoDB } from '../local/embedded-dynamodb.ts';
import { defaultRegions } from '../local/run-state.ts';
import { ensureTable } from '../local/table.ts';

export interface BenchDynamoDB {
  readonly endpoint: string;
  /** Creates a table and returns its name. */
  readonly freshTable: () => Promise<string>;
  /** A client as the SDK creates it by default, apart from endpoint, region, and credentials. */
  readonly plainClient: () => DynamoDBDocumentClient;
}

/** Starts an engine, lets `use` use it, and stops it. */
export async function withDynamoDB<Result>(use: (dynamodb: BenchDynamoDB) => Promise<Result>): Promise<Result> {
  const { endpoint, child } = await startEmbeddedDynamoDB();
  try {
    return await use({
      endpoint,
      freshTable: async () => {
        const table = `bench-${randomUUID()}`;
        await ensureTable(endpoint, table);
        return table;
      },
      plainClient: () => DynamoDBDocumentClient.from(clientOf(endpoint)),
    });
  } finally {
    await child.stop();
  }
}
/** Returns what `npm run fsck` finds in a table. */
export async function inconsistencies(endpoint: string, table: string): Promise<string[]> {
  const client = DynamoDBDocumentClient.from(clientOf(endpoint));
  const findings = await fsck({
    store: new DynamoDBStore(client, table),
    regions: regionsFrom(defaultRegions()),
    now: () => new Date(),
  });
  client.destroy();
  return findings.map(({ problem, subject, detail }) => `${problem}: ${subject} ${detail}`);
}
