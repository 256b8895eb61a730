import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { ensureTable } from '../../local/table.ts';
import { requestServer } from '../support/servers.ts';

const { endpoint } = await requestServer('dynamodb');
const client = clientOf(endpoint);

const timeToLiveOf = async (tableName: string) => {
  const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: tableName }));
  return TimeToLiveDescription;
};

const keys = {
  AttributeDefinitions: [
    { AttributeName: 'PK', AttributeType: 'S' },
    { AttributeName: 'SK', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'PK', KeyType: 'HASH' },
    { AttributeName: 'SK', KeyType: 'RANGE' },
  ],
} as const satisfies Partial<CreateTableCommandInput>;

const indexKeys = [
  { AttributeName: 'GSI1PK', KeyType: 'HASH' },
  { AttributeName: 'GSI1SK', KeyType: 'RANGE' },
] as const satisfies CreateTableCommandInput['KeySchema'];

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
        ...keys,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'DISABLED' });

    await ensureTable(endpoint, tableName);

    expect(await timeToLiveOf(tableName)).toMatchObject({ TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' });
  });

  it('makes the index of an earlier version again, which then has what it projects now', async () => {
    const TableName = `test-${randomUUID()}`;
    await client.send(
      new CreateTableCommand({
        TableName,
        ...keys,
        AttributeDefinitions: [
          ...keys.AttributeDefinitions,
          ...indexKeys.map(({ AttributeName }) => ({ AttributeName, AttributeType: 'S' as const })),
        ],
        GlobalSecondaryIndexes: [
          { IndexName: 'GSI1', KeySchema: indexKeys, Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['record'] } },
        ],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const item = { PK: 'image', SK: 'share', GSI1PK: 'recipient', GSI1SK: 'image', state: 'available' };
    await client.send(new PutItemCommand({ TableName, Item: marshall({ ...item, description: 'not in the index' }) }));

    let upgrades = 0;
    const upgradeItems = async () => {
      upgrades += 1;
      if (upgrades === 1) {
        throw new Error('interrupted');
      }
    };
    await expect(ensureTable(endpoint, TableName, { upgradeItems })).rejects.toThrow('interrupted');
    await ensureTable(endpoint, TableName, { upgradeItems });
    await ensureTable(endpoint, TableName, { upgradeItems });
    expect(upgrades).toBe(2);

    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: 'GSI1',
        KeyConditionExpression: 'GSI1PK = :recipient',
        ExpressionAttributeValues: { ':recipient': { S: 'recipient' } },
      }),
    );
    expect(items.map((found) => unmarshall(found))).toEqual([item]);
  });
});
