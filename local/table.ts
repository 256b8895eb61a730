import { readFileSync } from 'node:fs';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import { clientOf } from './embedded-dynamodb.ts';

interface TableProperties
  extends Pick<CreateTableCommandInput, 'AttributeDefinitions' | 'KeySchema' | 'GlobalSecondaryIndexes' | 'BillingMode'> {
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' };
  TimeToLiveSpecification: { AttributeName: string; Enabled: boolean };
}

/** Reads the table's definition from serverless.yml, which is its only source. */
function tableDefinition(): TableProperties {
  const file = parse(readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8'));
  return file.resources.Resources.Table.Properties;
}

/** Creates the table if it doesn't exist. Throws if the signal aborts. */
export async function ensureTable(endpoint: string, TableName: string, signal?: AbortSignal): Promise<void> {
  const { TimeToLiveSpecification, StreamSpecification, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, BillingMode } =
    tableDefinition();
  const client = clientOf(endpoint);
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions,
        KeySchema,
        GlobalSecondaryIndexes,
        BillingMode,
        StreamSpecification: { StreamEnabled: true, ...StreamSpecification },
      }),
      signal && { abortSignal: signal },
    );
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  } catch (failure) {
    if (!(failure instanceof ResourceInUseException)) {
      throw failure;
    }
  } finally {
    client.destroy();
  }
}
