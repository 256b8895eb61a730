import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndex,
  type GlobalSecondaryIndexDescription,
  ResourceInUseException,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { clientOf } from './embedded-dynamodb.ts';

interface TableProperties
  extends Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'BillingMode'> {
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' };
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
}

/** Reads the definition of the table from serverless.yml, the only place that defines it. */
function tableDefinition(): TableProperties {
  const file = parse(readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8'));
  return file.resources.Resources.Table.Properties;
}

const creationTimeoutSeconds = 60;
const pollMs = 100;

/**
 * Creates the table if it doesn't exist, turns on its time to live if it is off, and makes its indexes again if an earlier version
 * made them with another projection. An earlier call can have ended between these. Returns whether it made an index again. Throws
 * if `signal` is aborted.
 */
export async function ensureTable(endpoint: string, tableName: string, signal?: AbortSignal): Promise<boolean> {
  const { TimeToLiveSpecification, ...definition } = tableDefinition();
  const client = clientOf(endpoint);
  const abort = { ...(signal && { abortSignal: signal }) };
  try {
    await createIfMissing(client, tableName, definition, abort);
    await waitUntilTableExists({ client, maxWaitTime: creationTimeoutSeconds, ...abort }, { TableName: tableName });
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }), abort);
    // If it is on already, DynamoDB rejects UpdateTimeToLive.
    if (TimeToLiveDescription?.TimeToLiveStatus === 'DISABLED') {
      await client.send(new UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification }), abort);
    }
    return await updateIndexes(client, tableName, definition, abort);
  } finally {
    client.destroy();
  }
}

interface Abort {
  readonly abortSignal?: AbortSignal;
}

const projectionOf = ({ Projection: projection }: GlobalSecondaryIndexDescription): string =>
  JSON.stringify(projection?.NonKeyAttributes?.toSorted());

/** The projection of an index can't be changed, so an index with another one is removed and created. It has the same items again. */
async function updateIndexes(
  client: DynamoDBClient,
  TableName: string,
  { AttributeDefinitions, GlobalSecondaryIndexes: wanted = [] }: Omit<TableProperties, 'TimeToLiveSpecification'>,
  abort: Abort,
): Promise<boolean> {
  const find = async (name: string | undefined) => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName }), abort);
    return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  };
  const until = async (isDone: () => Promise<boolean>) => {
    while (!(await isDone())) {
      await wait(pollMs, undefined, { signal: abort.abortSignal });
    }
  };
  const remake = async (index: GlobalSecondaryIndex) => {
    const { IndexName } = index;
    const found = await find(IndexName);
    if (found !== undefined) {
      if (projectionOf(found) === projectionOf(index)) {
        return false;
      }
      await client.send(new UpdateTableCommand({ TableName, GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] }), abort);
      await until(async () => (await find(IndexName)) === undefined);
    }
    await client.send(
      new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create: index }] }),
      abort,
    );
    await until(async () => (await find(IndexName))?.IndexStatus === 'ACTIVE');
    return true;
  };
  let isRemade = false;
  for (const index of wanted) {
    isRemade = (await remake(index)) || isRemade;
  }
  return isRemade;
}

async function createIfMissing(
  client: DynamoDBClient,
  tableName: string,
  definition: Omit<TableProperties, 'TimeToLiveSpecification'>,
  abort: Abort,
): Promise<void> {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode, StreamSpecification } = definition;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        AttributeDefinitions,
        KeySchema,
        GlobalSecondaryIndexes,
        BillingMode,
        // CreateTable requires StreamEnabled, which CloudFormation doesn't have.
        StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
      }),
      abort,
    );
  } catch (failure) {
    if (!(failure instanceof ResourceInUseException)) {
      throw failure;
    }
  }
}
