import { readFileSync } from 'node:fs';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
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

/**
 * Creates the table if it doesn't exist, and turns on its time to live if it is off. An earlier call can have ended between
 * the two. Throws if `signal` is aborted.
 */
export async function ensureTable(endpoint: string, tableName: string, signal?: AbortSignal): Promise<void> {
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
  } finally {
    client.destroy();
  }
}

async function createIfMissing(
  client: DynamoDBClient,
  tableName: string,
  definition: Omit<TableProperties, 'TimeToLiveSpecification'>,
  abort: { readonly abortSignal?: AbortSignal },
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
