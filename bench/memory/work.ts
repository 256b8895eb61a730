/** What the functions do while their memory is measured: calls with the largest responses and requests that they can have. */
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Image } from '../../lib/model/image.ts';
import { imageItem } from '../../lib/table/items/image.ts';
import { recordItem } from '../../lib/table/items/record.ts';
import { scopes } from '../../local/access-token.ts';
import type { Key } from '../../test/sdk/keys.ts';
import { signV3 } from '../../test/sdk/tencent/signing.ts';
import { eventOf } from '../load/handlers.ts';
import { type ApiRequest, operationNames, operations } from '../load/operations.ts';
import { owners, reader, region, type Seed } from '../load/seed.ts';
import type { Tokens } from '../load/tokens.ts';
import { fullOwner, sharingRecord } from './data.ts';

/** Calls of one function. */
export interface Work {
  readonly functionName: string;
  readonly what: string;
  readonly events: readonly object[];
  /** What each response contains. */
  readonly responds: string;
}

const responseWith = (status: number) => `"statusCode":${status}`;

/** The operations of the load with the largest requests and responses. */
async function ofOperations(seed: Seed, tokens: Tokens, calls: number): Promise<Work[]> {
  const { create, shareWith50, check, listRecipients } = operationNames;
  const work: Work[] = [];
  for (const [index, { name, requests }] of operations.entries()) {
    if (![create, shareWith50, check, listRecipients].some((each) => each === name)) {
      continue;
    }
    const made = await requests(seed, calls, owners[index] as (typeof owners)[number]);
    const events = await Promise.all(made.map(async (request) => eventOf(request, await tokens.of(request))));
    const [first] = events;
    if (first !== undefined) {
      work.push({
        functionName: first.functionName,
        what: name,
        events: events.map(({ event }) => event),
        responds: responseWith(made[0]?.status ?? 200),
      });
    }
  }
  return work;
}

/** Lists of images of the full size, and calls that read all images of an account. */
async function ofFullAccount(tokens: Tokens, calls: number): Promise<Work[]> {
  const lists = [
    [reader, `/regions/${region}/images?scope=shared&limit=100`, 'received list, page of 100'],
    [fullOwner, `/shares?recipient=${reader}&limit=100`, 'shares with one recipient, page of 100'],
    [fullOwner, '/recipients?limit=100', 'all recipients'],
    [fullOwner, '/usage', 'usage of all images'],
  ] as const;
  return Promise.all(
    lists.map(async ([account, path, what]) => {
      const request: ApiRequest = { method: 'GET', path, account, scope: scopes.tenant, status: 200 };
      const { functionName, event } = await eventOf(request, await tokens.of(request));
      return { functionName, what, events: Array<object>(calls).fill(event), responds: responseWith(200) };
    }),
  );
}

/** A call of Tencent Cloud's API as API Gateway sends it. Each second of the last minutes can have one. */
export function tencentEvent(key: Key, secondsAgo: number, body: object): object {
  const request = signV3(
    { host: 'localhost', timestamp: Math.floor(Date.now() / 1_000) - secondsAgo, body: JSON.stringify(body) },
    key,
  );
  return {
    rawPath: '/',
    rawQueryString: '',
    headers: request.headers,
    requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' } },
    body: String(request.body),
    isBase64Encoded: false,
  };
}

/** A full batch of the table's stream: records that are copied to 50 recipients, and changes of images of the full size. */
const streamEvent = (images: readonly Image[], batch: number): object => ({
  Records: images.slice(0, 50).flatMap((image, index) => {
    const write = (name: string, NewImage: object, OldImage?: object) => ({
      eventName: name,
      dynamodb: {
        SequenceNumber: String(index),
        NewImage: marshall(NewImage, { removeUndefinedValues: true }),
        ...(OldImage && { OldImage: marshall(OldImage, { removeUndefinedValues: true }) }),
      },
    });
    return [
      write('INSERT', recordItem(sharingRecord(image, `record-${batch}-${index}`))),
      write('MODIFY', imageItem(image), imageItem(image)),
    ];
  }),
});

/** All work, and `calls` of each. */
export async function allWork({
  seed,
  tokens,
  key,
  images,
  calls,
}: {
  readonly seed: Seed;
  readonly tokens: Tokens;
  readonly key: Key;
  readonly images: readonly Image[];
  readonly calls: number;
}): Promise<Work[]> {
  const times = <Event extends object>(event: (index: number) => Event) =>
    Array.from({ length: calls }, (_, index) => event(index));
  return [
    ...(await ofOperations(seed, tokens, calls)),
    ...(await ofFullAccount(tokens, calls)),
    {
      functionName: 'sdk',
      what: 'DescribeImages of Tencent Cloud, page of 100',
      events: times((index) => tencentEvent(key, index, { Limit: 100 })),
      responds: '\\"ImageSet\\":[{',
    },
    {
      functionName: 'relay-changes',
      what: '100 changes, 50 of which have 50 recipients',
      events: times((index) => streamEvent(images, index)),
      responds: '"batchItemFailures":[]',
    },
    {
      functionName: 'cleanup-orphaned-shares',
      what: 'a task for each image, with 50 recipients',
      events: [{}],
      responds: `"done":${images.length},"failed":0`,
    },
  ];
}
