import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription,
  type GlobalSecondaryIndexUpdate,
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

interface Options {
  /** Completes the items of an earlier version. Called before an index is made again, so again if that is interrupted. */
  readonly upgradeItems?: (() => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Creates the table if it doesn't exist, turns on its time to live if it is off, and makes its indexes again if an earlier version
 * made them with another projection. An earlier call can have ended between these. Throws if `signal` is aborted.
 */
export async function ensureTable(endpoint: string, tableName: string, { upgradeItems, signal }: Options = {}): Promise<void> {
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
    await updateIndexes(client, tableName, definition, { ...abort, upgradeItems });
  } finally {
    client.destroy();
  }
}

interface Abort {
  readonly abortSignal?: AbortSignal;
}

const projectionOf = ({ Projection: projection }: GlobalSecondaryIndexDescription): string =>
  JSON.stringify(projection?.NonKeyAttributes?.toSorted());

/**
 * The projection of an index can't be changed, so an index with another one is removed and created. It has the same items again.
 */
async function updateIndexes(
  client: DynamoDBClient,
  TableName: string,
  { AttributeDefinitions, GlobalSecondaryIndexes: wanted = [] }: Omit<TableProperties, 'TimeToLiveSpecification'>,
  { upgradeItems, ...abort }: Abort & Pick<Options, 'upgradeItems'>,
): Promise<void> {
  const find = async (name: string | undefined) => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName }), abort);
    return table?.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
  };
  /** Waits until the index is active, or gone. */
  const settled = async (name: string | undefined) => {
    let found = await find(name);
    while (found !== undefined && found.IndexStatus !== 'ACTIVE') {
      await wait(pollMs, undefined, { signal: abort.abortSignal });
      found = await find(name);
    }
    return found;
  };
  const update = async (change: GlobalSecondaryIndexUpdate) => {
    const command = new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [change] });
    await client.send(command, abort);
  };
  for (const index of wanted) {
    const { IndexName } = index;
    const found = await settled(IndexName);
    if (found !== undefined && projectionOf(found) === projectionOf(index)) {
      continue;
    }
    if (found !== undefined) {
      await upgradeItems?.();
      await update({ Delete: { IndexName } });
      await settled(IndexName);
    }
    await update({ Create: index });
    await settled(IndexName);
  }
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
