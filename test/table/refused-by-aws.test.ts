/** Tests can't send what DynamoDB on AWS refuses: either the embedded DynamoDB refuses it, or the tests' client does. */
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '../../lib/table/document-client.ts';
import { documentClientOf } from '../../lib/table/document-client.ts';
import { clientOf } from '../../local/embedded-dynamodb.ts';
import { freshTable } from '../support/dynamodb.ts';
import { requestServer } from '../support/servers.ts';

const { client, table: TableName } = await freshTable();
const Key = { PK: 'image', SK: 'share' };
const exists = 'attribute_exists(PK)';

const values = (of: object) => ({ ExpressionAttributeValues: of });
const names = (of: object) => ({ ExpressionAttributeNames: of });
const many = <Entry>(count: number, entry: (index: number) => Entry): Entry[] =>
  Array.from({ length: count }, (_, n) => entry(n));
const keyOf = (n: number) => ({ PK: `image ${n}`, SK: 'share' });
const text = (length: number) => 'x'.repeat(length);
const setX = { UpdateExpression: 'SET x = :x' };
const one = { ':x': 1 };

const get = (more: object = {}) => new GetCommand({ TableName, Key, ...more });
const put = (item: object, more: object = {}) => new PutCommand({ TableName, Item: { ...Key, ...item }, ...more });
const update = (more: object) => new UpdateCommand({ TableName, Key, ...more });
const query = (more: object, of: object = {}) =>
  new QueryCommand({ TableName, KeyConditionExpression: 'PK = :p', ...more, ...values({ ':p': 'image', ...of }) });
const queryIndex = (more: object, of: object = {}) =>
  query({ IndexName: 'GSI1', KeyConditionExpression: 'GSI1PK = :p', ...more }, of);
const batchGet = (Keys: Record<string, unknown>[], more: object = {}) =>
  new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ...more } } });
const transaction = (...operations: Record<string, object>[]) =>
  new TransactWriteCommand({
    TransactItems: operations.map((operation) =>
      Object.fromEntries(Object.entries(operation).map(([name, input]) => [name, { TableName, ...input }])),
    ) as never,
  });
const inTransaction = (more: object) => transaction({ Update: { Key, ...more } });

/** Requests that the embedded DynamoDB refuses. */
const refused: Readonly<Record<string, object>> = {
  'an empty update': update({ UpdateExpression: '' }),
  'an empty condition': update({ ...setX, ...values(one), ConditionExpression: '' }),
  'an empty condition in a transaction': transaction({ Put: { Item: Key, ConditionExpression: '' } }),
  'an empty projection': get({ ProjectionExpression: '' }),
  'an empty filter': query({ FilterExpression: '' }),
  'an unused name': inTransaction({ ...setX, ...values(one), ...names({ '#y': 'y' }) }),
  'an unused name of a check that fails': transaction({
    ConditionCheck: { Key, ConditionExpression: 'attribute_not_exists(PK)', ...names({ '#y': 'y' }) },
  }),
  'an unused name of a batch': batchGet([Key], { ProjectionExpression: 'PK', ...names({ '#y': 'y' }) }),
  'an unused name of a query': query(names({ '#y': 'y' })),
  'an unused value': inTransaction({ ...setX, ...values({ ...one, ':y': 2 }) }),
  'a value that is the start of a used one': update({ UpdateExpression: 'SET x = :xx', ...values({ ':x': 1, ':xx': 2 }) }),
  'an unused value of a query': query({}, { ':y': 1 }),
  'values without an expression': transaction({ Delete: { Key, ...values(one) } }),
  'a name that is not defined': inTransaction({ UpdateExpression: 'SET #x = :x', ...values(one) }),
  'a value that is not defined': inTransaction(setX),
  'a value that is not defined, in a condition that is not needed': update({
    ...setX,
    ...values(one),
    ConditionExpression: 'attribute_not_exists(y) OR y = :y',
  }),
  'no names': update({ UpdateExpression: 'REMOVE x', ...names({}) }),
  'two changes of an attribute': update({ UpdateExpression: 'SET x = :x ADD x :x', ...values(one) }),
  'an update of a key': update({ UpdateExpression: 'SET SK = :x', ...values({ ':x': 'other' }) }),
  'two operations on an item': transaction(
    { Put: { Item: Key } },
    { ConditionCheck: { Key: { SK: Key.SK, PK: Key.PK }, ConditionExpression: exists } },
  ),
  'a transaction of 101': transaction(...many(101, (n) => ({ Put: { Item: keyOf(n) } }))),
  'an empty transaction': transaction(),
  'a transaction of over 4 MB': transaction(...many(11, (n) => ({ Put: { Item: { ...keyOf(n), x: text(390_000) } } }))),
  'a check without a condition': transaction({ ConditionCheck: { Key } }),
  'an item of over 400 KB': put({ x: text(410_000) }),
  'a batch of 101 keys': batchGet(many(101, keyOf)),
  'a batch of no keys': batchGet([]),
  'a batch with a key twice': batchGet([Key, { SK: Key.SK, PK: Key.PK }]),
  'a batch of 26 writes': new BatchWriteCommand({
    RequestItems: { [TableName]: many(26, (n) => ({ PutRequest: { Item: keyOf(n) } })) },
  }),
  'an empty partition key': put({ PK: '' }),
  'an empty sort key': transaction({ Put: { Item: { ...Key, SK: '' } } }),
  'an empty key of the index': put({ GSI1PK: '' }),
  'an empty key of the index in a transaction': inTransaction({ UpdateExpression: 'SET GSI1SK = :x', ...values({ ':x': '' }) }),
  'a number as a key of the index': put({ GSI1SK: 1 }),
  'a key of over 1,024 bytes': put({ SK: text(1_025) }),
  'an empty set': put({ x: { y: new Set() } }),
  'an expression of over 4 KB': update({ ...setX, ...values(one), ConditionExpression: `x = :x${' '.repeat(4_096)}` }),
  ...Object.fromEntries(
    ['name', 'owner', 'region', 'state', 'ttl'].map((name) => [
      `the reserved word ${name}`,
      inTransaction({ UpdateExpression: `SET ${name} = :x`, ...values(one) }),
    ]),
  ),
  'a reserved word in a filter': query({ FilterExpression: 'state = :p' }),
  'ReturnValues of another operation': new DeleteCommand({ TableName, Key, ReturnValues: 'ALL_NEW' }),
  'a consistent read of the index': queryIndex({ ConsistentRead: true }),
  'a filter on a key': query({ FilterExpression: 'SK = :p' }),
  'a filter on what the index does not have': queryIndex({ FilterExpression: 'hidden = :p' }),
  'a limit of 0': query({ Limit: 0 }),
  'a range whose end is before its start': query(
    { KeyConditionExpression: 'PK = :p AND SK BETWEEN :from AND :to' },
    { ':from': 'b', ':to': 'a' },
  ),
};

/** Requests that the embedded DynamoDB accepts, but neither AWS nor DynamoDB Local. */
const accepted: Readonly<Record<string, object>> = {
  'an empty update in a transaction': inTransaction({ UpdateExpression: '' }),
  'SET and ADD of an attribute': inTransaction({ UpdateExpression: 'SET x = :x ADD x :x', ...values(one) }),
  'ADD and DELETE of an attribute': inTransaction({
    UpdateExpression: 'ADD ids :x DELETE #ids :y',
    ...names({ '#ids': 'ids' }),
    ...values({ ':x': new Set(['a']), ':y': new Set(['b']) }),
  }),
  'SET of a map and REMOVE of its entry': inTransaction({
    UpdateExpression: 'SET y = if_not_exists(y, :x), labels = :x REMOVE labels.a',
    ...values({ ':x': {} }),
  }),
  'an update of a key in a transaction': inTransaction({ UpdateExpression: 'REMOVE #key', ...names({ '#key': 'SK' }) }),
  'ADD of a list': inTransaction({ UpdateExpression: 'ADD z :x', ...values({ ':x': [1] }) }),
  'DELETE of a text': inTransaction({ UpdateExpression: 'DELETE w :x', ...values({ ':x': 'a' }) }),
  'no names in a transaction': inTransaction({ UpdateExpression: 'REMOVE z', ...names({}) }),
  'no values in a transaction': transaction({ Put: { Item: Key, ...values({}) } }),
  'a Put and a Delete in one operation': transaction({ Put: { Item: Key }, Delete: { Key } }),
  'ALL_NEW of a failed check': transaction({
    Put: { Item: Key, ConditionExpression: exists, ReturnValuesOnConditionCheckFailure: 'ALL_NEW' },
  }),
  'a condition whose range has two types': inTransaction({
    ...setX,
    ...values({ ':x': 1, ':y': 'a' }),
    ConditionExpression: 'x BETWEEN :x AND :y',
  }),
  'a comparison with a map': inTransaction({ ...setX, ...values({ ':x': {} }), ConditionExpression: 'x < :x' }),
  'over 300 operators': inTransaction({
    ...setX,
    ...values(one),
    ConditionExpression: many(151, () => 'x = :x').join(' OR '),
  }),
  'over 100 operands': update({ ...setX, ...values(one), ConditionExpression: `x IN (${many(101, () => ':x').join(',')})` }),
  'an empty attribute name': put({ '': 1 }),
  'an empty attribute name in a map': put({ labels: { '': 1 } }),
  'an empty attribute name of a placeholder': inTransaction({
    UpdateExpression: 'SET #x = :x',
    ...names({ '#x': '' }),
    ...values(one),
  }),
  'a key of the index of over 1,024 bytes': put({ GSI1PK: 'owner', GSI1SK: text(1_025) }),
  'a query with an empty key': query({}, { ':p': '' }),
  'a query with a number as a key': query({}, { ':p': 1 }),
  'a query with an empty prefix': query({ KeyConditionExpression: 'PK = :p AND begins_with(SK, :s)' }, { ':s': '' }),
  'a query of the index with an empty key': queryIndex({}, { ':p': '' }),
  'a start in another partition': query({ ExclusiveStartKey: { ...Key, PK: 'other' } }),
  'an empty start': query({ ExclusiveStartKey: { ...Key, SK: '' } }),
  'a start at the end of the range': query(
    { KeyConditionExpression: 'PK = :p AND SK < :to', ExclusiveStartKey: Key },
    { ':to': Key.SK },
  ),
  'a start outside of the range': queryIndex(
    {
      KeyConditionExpression: 'GSI1PK = :p AND GSI1SK BETWEEN :from AND :to',
      ExclusiveStartKey: { ...Key, GSI1PK: 'image', GSI1SK: 'c' },
    },
    { ':from': 'a', ':to': 'b' },
  ),
  'a start with another prefix': query(
    { KeyConditionExpression: 'PK = :p AND begins_with(SK, :s)', ExclusiveStartKey: Key },
    { ':s': 'record' },
  ),
  'a filter whose range ends before its start': query({ FilterExpression: 'x BETWEEN :from AND :to' }, { ':from': 2, ':to': 1 }),
  'a filter with a range of two types': new ScanCommand({
    TableName,
    FilterExpression: 'NOT x BETWEEN :from AND :to',
    ...values({ ':from': 1, ':to': 'a' }),
  }),
};

/** Requests that are accepted everywhere. */
const valid: readonly object[] = [
  put({ labels: { a: 1 }, ids: new Set(['a']), GSI1PK: 'owner', GSI1SK: text(1_024) }),
  inTransaction({
    UpdateExpression: 'SET x = if_not_exists(x, :x), labels.a = :x, GSI1SK = :s REMOVE labels.b, y ADD n :x DELETE #ids :a',
    ConditionExpression: exists,
    ...names({ '#ids': 'ids' }),
    ...values({ ...one, ':s': 'sort', ':a': new Set(['a']) }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }),
  query(
    {
      KeyConditionExpression: 'PK = :p AND SK BETWEEN :a AND :s',
      ExclusiveStartKey: Key,
      FilterExpression: 'x BETWEEN :a AND :s',
    },
    { ':a': 'a', ':s': 'z' },
  ),
  query(
    { KeyConditionExpression: '#p = :p AND begins_with(SK, :s)', ExclusiveStartKey: Key, ...names({ '#p': 'PK' }) },
    { ':s': 'sh' },
  ),
];

/** Sends a request. If only its condition fails, it was accepted. */
const isRefused = (request: object, by: DocumentClient = client): Promise<boolean> =>
  by.send(request as never).then(
    () => false,
    ({ name, CancellationReasons = [{ Code: name }] }: Error & { CancellationReasons?: { Code: string }[] }) =>
      CancellationReasons.every(({ Code }) => !Code.startsWith('ConditionalCheckFailed')),
  );

beforeAll(() => client.send(put({})));

it.each(Object.entries({ ...refused, ...accepted }))('refuses %s', async (_, request) => {
  expect(await isRefused(request)).toBe(true);
});

it('accepts what AWS accepts', async () => {
  for (const request of valid) {
    await client.send(request as never);
  }
});

it('checks only what the embedded DynamoDB does not check', async () => {
  const plain = documentClientOf(clientOf((await requestServer('dynamodb')).endpoint));
  const isEmbedded = !process.env['DYNAMODB_ENDPOINT'];
  for (const [name, request] of Object.entries(accepted)) {
    expect([name, await isRefused(request, plain)]).toEqual([name, !isEmbedded]);
  }
});
