/** The document client sends and reads what the SDK's own document client does. */
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { attributeJson, itemJson } from '../../lib/table/attribute-values.ts';
import { type DocumentClient, documentClientOf, mayHaveCommitted } from '../../lib/table/document-client.ts';
import { translateError } from '../../lib/table/failures.ts';
import { readResponse } from '../../lib/table/response-reader.ts';
import { transactItem } from '../../lib/table/transaction.ts';
import { imageId, principal, region } from '../support/builders.ts';

interface Request {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends a command with both clients, which get this response. Returns the requests and what the clients return or throw. */
async function sendWithBoth(command: { input: object }, response: object | string, statusCode = 200) {
  const of = async (clientOf: (client: DynamoDBClient) => DocumentClient) => {
    const requests: Request[] = [];
    const body = typeof response === 'string' ? response : JSON.stringify(response);
    const client = new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      maxAttempts: 1,
      requestHandler: {
        handle: async (request: Request) => {
          requests.push(request);
          return { response: { statusCode, headers: { 'x-amzn-requestid': 'r-1' }, body: Readable.from([Buffer.from(body)]) } };
        },
      } as never,
    });
    const outcome: unknown = await clientOf(client)
      .send(command as never)
      .catch((failure: unknown) => failure);
    return { request: requests[0], outcome };
  };
  return [await of(documentClientOf), await of((client) => DynamoDBDocumentClient.from(client))] as const;
}

const bodyOf = (request: Request | undefined): Record<string, unknown> =>
  JSON.parse(typeof request?.body === 'string' ? request.body : new TextDecoder().decode(request?.body));

const item = {
  PK: 'IMAGE#1',
  text: '',
  unicode: '\u2028 "\\" \ud83d\ude00',
  number: 1.5,
  flag: false,
  nothing: null,
  list: [1, 'a', [], {}],
  keys: new Set(['k1', 'k2']),
  map: new Map<string, unknown>([
    ['constructor', 0],
    ['h01', 1],
  ]),
  bytes: new Uint8Array([0, 255]),
  setOfBytes: new Set([new Uint8Array([1, 2])]),
};
const key = { PK: 'IMAGE#1', SK: 'IMAGE' };
const TableName = 'Key';

describe('a request', () => {
  it.each([
    () => new GetCommand({ TableName, Key: key, ConsistentRead: true }),
    () => new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [key, key], ConsistentRead: true } } }),
    () => new PutCommand({ TableName, Item: item, ConditionExpression: 'PK = :k', ExpressionAttributeValues: { ':k': 'x' } }),
    () => new UpdateCommand({ TableName, Key: key, UpdateExpression: 'SET #0 = :0', ExpressionAttributeNames: { '#0': 'Item' } }),
    () => new QueryCommand({ TableName, Limit: 5, ExclusiveStartKey: undefined, ExpressionAttributeValues: { ':p': 'x' } }),
    () => new ScanCommand({ TableName, ExclusiveStartKey: key }),
  ])('is that of the SDK: %#', async (newCommand) => {
    const [{ request }, { request: standard }] = await sendWithBoth(newCommand(), {});
    expect(bodyOf(request)).toEqual(bodyOf(standard));
    const headersOf = ({ headers }: Request = { body: '', headers: {} }) => Object.keys(headers).sort();
    expect(headersOf(request)).toEqual(headersOf(standard).filter((name) => !name.endsWith('user-agent')));
    expect(request?.headers['x-amz-target']).toBe(standard?.headers['x-amz-target']);
  });

  it('is that of the SDK, with a token that makes its attempts one transaction', async () => {
    const [{ request }, { request: standard }] = await sendWithBoth(
      new TransactWriteCommand({ TransactItems: [{ Put: { TableName, Item: item } }, { Delete: { TableName, Key: key } }] }),
      {},
    );
    const ClientRequestToken = expect.stringMatching(/^[\da-f-]{36}$/);
    expect(bodyOf(request)).toEqual({ ...bodyOf(standard), ClientRequestToken });
    expect(bodyOf(standard)).toMatchObject({ ClientRequestToken });
  });
});

/** The body of a response that is an error. */
const errorBody = (type: string, fields: object = {}) => ({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, ...fields });

const stored = JSON.parse(itemJson({ ...item, map: { a: [{ b: 1 }] } })) as object;

describe('a response', () => {
  const get = () => new GetCommand({ TableName, Key: key });
  const query = () => new QueryCommand({ TableName });
  const batchGet = () => new BatchGetCommand({ RequestItems: { t: { Keys: [key] } } });
  const LastEvaluatedKey = { PK: { S: 'x' } };

  it.each([
    ['an item', get, { Item: stored }],
    ['no item', get, {}],
    ['a number beyond 2^53', get, { Item: { n: { N: '9007199254740993' } } }],
    ['all types', get, { Item: { ns: { NS: ['1', '2.5'] }, null: { NULL: true }, no: { BOOL: false } } }],
    ['consumed units', get, { ConsumedCapacity: { TableName: 't', CapacityUnits: 0.5, Table: { CapacityUnits: -1e3 } } }],
    ['a page', query, { Items: [stored, stored], Count: 2, LastEvaluatedKey }],
    ['a batch', batchGet, { Responses: { t: [stored] }, UnprocessedKeys: { t: { Keys: [LastEvaluatedKey] } } }],
  ])('is read as the SDK reads it: %s', async (_, command, response) => {
    const [{ outcome }, { outcome: standard }] = await sendWithBoth(command(), response);
    expect(outcome).toMatchObject({ ...(standard as object), $metadata: { httpStatusCode: 200, requestId: 'r-1', attempts: 1 } });
  });

  it('is read as the SDK reads it: an error', async () => {
    const CancellationReasons = [{ Code: 'ConditionalCheckFailed', Item: { n: { N: '1' } } }];
    const [{ outcome }, { outcome: standard }] = await sendWithBoth(
      new TransactWriteCommand({ TransactItems: [] }),
      errorBody('TransactionCanceledException', { Message: 'no', CancellationReasons }),
      400,
    );
    expect(outcome).toMatchObject({ name: 'TransactionCanceledException', message: 'no', CancellationReasons });
    expect((outcome as object).constructor).toBe((standard as object).constructor);
  });

  it.each([
    [503, '<html><body>Service Unavailable</body></html>'],
    [200, ''],
    [400, '<html>'],
  ])('leaves the outcome unknown if it has status %d and no JSON: %j', async (status, body) => {
    const command = new TransactWriteCommand({ TransactItems: [] });
    const [{ outcome }] = await sendWithBoth(command, body, status);
    expect(translateError(outcome)).toMatchObject({ code: 'Unavailable' });
    expect(mayHaveCommitted(command)).toBe(true);
  });
});

describe('a text that is not a whole response', () => {
  const response = JSON.stringify({
    Items: [{ path: { S: 'C:\\"x"\\' }, list: { L: [{ N: '1' }] }, flag: { BOOL: true } }],
    Count: 1,
    LastEvaluatedKey: { PK: { S: 'x' } },
  });

  it('is refused wherever it ends', () => {
    expect(readResponse(response)).toMatchObject({ Items: [{ path: 'C:\\"x"\\', list: [1], flag: true }], Count: 1 });
    for (let end = 0; end < response.length; end += 1) {
      expect(() => readResponse(response.slice(0, end))).toThrow(SyntaxError);
    }
  });

  it.each([
    '{}x',
    '{"Count":1}{}',
    '{"Count":one}',
    '{"Count"1}',
    '{"Items":{}}',
    '{"Item":[]}',
    '{"Item":{"a":"b"}}',
    '[]',
    'null',
  ])('is refused: %s', (text) => {
    expect(() => readResponse(text)).toThrow(SyntaxError);
  });
});

describe('a transaction', () => {
  const retryToken = { getRetryCount: () => 0, getRetryDelay: () => 0 };

  /** Sends a transaction, whose attempts get these responses, or none if undefined. Returns whether it may be committed, and the error. */
  async function outcomeOf(...attempts: (object | undefined)[]) {
    const client = new DynamoDBClient({
      region: 'us-east-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      retryStrategy: {
        mode: 'standard',
        acquireInitialRetryToken: async () => retryToken,
        refreshRetryTokenForRetry: async () => {
          if (attempts.length === 0) {
            throw new Error('No attempt is left');
          }
          return retryToken;
        },
        recordSuccess: () => {},
      } as never,
      requestHandler: {
        handle: async () => {
          const body = attempts.shift();
          if (body === undefined) {
            throw Object.assign(new Error('socket hang up'), { name: 'ECONNRESET', code: 'ECONNRESET' });
          }
          return { response: { statusCode: 400, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(body))]) } };
        },
      } as never,
    });
    const command = new TransactWriteCommand({ TransactItems: [] });
    const error = await documentClientOf(client).send(command).catch(translateError);
    return { mayBeCommitted: mayHaveCommitted(command), error };
  }
  const throttled = errorBody('ThrottlingException');

  it('may be committed if one of its attempts got no response', async () => {
    const { mayBeCommitted, error } = await outcomeOf(undefined, throttled);
    expect(error).toMatchObject({ name: 'Contention' });
    expect(mayBeCommitted).toBe(true);
  });

  it('is not committed if DynamoDB refused all attempts', async () => {
    const { mayBeCommitted, error } = await outcomeOf(throttled, throttled);
    expect(error).toMatchObject({ name: 'Contention' });
    expect(mayBeCommitted).toBe(false);
  });
});

describe('a step that only checks an image', () => {
  it('is a condition check, because DynamoDB rejects an update that changes nothing', () => {
    const [key, owner] = [{ region: region('r'), imageId: imageId('a') }, principal('owner')];
    expect(transactItem({ do: 'change-image', key, owner, expect: { state: 'available' }, change: {} }, 't')).toEqual({
      ConditionCheck: expect.objectContaining({
        TableName: 't',
        ConditionExpression: expect.stringContaining('attribute_exists(PK)'),
      }),
    });
  });
});

describe('an attribute', () => {
  it('is written and read without a change', () => {
    const number = fc.oneof(
      fc.maxSafeInteger(),
      fc.double({ noNaN: true, min: -(2 ** 50), max: 2 ** 50 }).map((value) => value + 0),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        ...[fc.string({ unit: 'binary' }), number, fc.boolean(), fc.constant(null)],
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true, maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (attribute) => {
        const json = `{"Item":${itemJson({ attribute })}}`;
        expect(readResponse(json)).toEqual({ Item: { attribute } });
        expect(readResponse(JSON.stringify(JSON.parse(json), null, 2))).toEqual({ Item: { attribute } });
      }),
    );
  });

  it.each([
    [{ constructor: 1 }, { M: { constructor: { N: '1' } } }],
    [[{ constructor: 1 }], { L: [{ M: { constructor: { N: '1' } } }] }],
    [{ a: { constructor: 1 } }, { M: { a: { M: { constructor: { N: '1' } } } } }],
    [new Map([['a', { constructor: 1 }]]), { M: { a: { M: { constructor: { N: '1' } } } } }],
    [Object.assign(Object.create(null), { constructor: 1 }), { M: { constructor: { N: '1' } } }],
  ])('can have the name of a property of objects: %#', (value, attribute) => {
    expect(JSON.parse(attributeJson(value))).toEqual(attribute);
  });

  it('has no effect on prototypes', () => {
    const itemFrom = (json: string) => readResponse(`{"Item":${json}}`)['Item'] as Record<string, unknown>;
    const read = itemFrom('{"__proto__":{"M":{"polluted":{"S":"yes"}}}}');
    expect(Object.getPrototypeOf(read)).toBeNull();
    expect(JSON.parse(itemJson(read))).toHaveProperty(['__proto__', 'M', 'polluted', 'S'], 'yes');
    const nested = itemFrom('{"map":{"M":{"__proto__":{"M":{}}}},"list":{"L":[{"M":{"__proto__":{"M":{}}}}]}}');
    expect([nested['map'], (nested['list'] as object[])[0]].map((value) => Object.keys(value as object))).toEqual([
      ['__proto__'],
      ['__proto__'],
    ]);
  });

  it.each([[undefined], [Number.NaN], [2 ** 53], [new Date(0)]])('is refused as the SDK refuses it: %p', (value) => {
    expect(() => marshall({ list: [value] })).toThrow();
    expect(() => attributeJson(value)).toThrow();
  });
});
