import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/table.ts';
import { requestServer } from '../support/servers.ts';

const { endpoint } = await requestServer('dynamodb');
const client = clientOf(endpoint);

const timeToLiveOf = async (tableName: string) => {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
  return TimeToLiveDescription;
};

describe('ensureTable', () => {
  it('creates the table of serverless.yml with its stream and its time to live, and changes nothing if it exists', async () => {
    const tableName = `test-${randomUUID()}`;
    await ensureTable(endpoint, tableName);
    const { Table: created } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    expect(created).toMatchObject({
      KeySchema: [{ AttributeName: 'PK' }, { AttributeName: 'SK' }],
      GlobalSecondaryIndexes: [{ IndexName: 'GSI1' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });

    await ensureTable(endpoint, tableName);

    const { Table: existing } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    expect(existing?.LatestStreamArn).toBe(created?.LatestStreamArn);
    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  });

  it('turns on the time to live of a table whose creation was interrupted before that', async () => {
    const tableName = `test-${randomUUID()}`;
    await client.send(
      new CreateTableCommand({
        TableName: tableName,
        AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'DISABLED' });

    await ensureTable(endpoint, tableName);

    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  });
});
