import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { checkImageAccess } from '../functions/check-image-access.ts';
import { listImages } from '../functions/list-images.ts';
import { sdkActions } from '../functions/sdk.ts';
import { shareImage } from '../functions/share-image.ts';
import type { ImageId, ImageKey, PrincipalId } from '../lib/model/ids.ts';
import type { Recipients } from '../lib/model/image.ts';
import { alibabaPolicy } from '../lib/policies/alibaba.ts';
import { tencentPolicy } from '../lib/policies/tencent.ts';
import { serviceOf } from '../lib/sdk/action-service.ts';
import { describeImages as describeEcsImages } from '../lib/sdk/alibaba/image-list.ts';
import { clouds } from '../lib/sdk/clouds.ts';
import { describeImages as describeCvmImages } from '../lib/sdk/tencent/cvm/image-list.ts';
import type { WireAction } from '../lib/sdk/wire.ts';
import { clientOf, startEmbeddedDynamoDB } from '../local/embedded-dynamodb.ts';
import { anImage, principal, principals, region } from '../test/support/builders.ts';
import { noWaitBudget } from '../test/support/in-memory-service.ts';
import { Meter, owner } from './costs/meter.ts';
import { compute, typicalImage } from './costs/story.ts';
import { type Copies, dataFileWith } from './growth/tables.ts';
import type { Cell, Goal, Part, Table } from './part.ts';
import { type Call, type Contender, measureInTurns, p50 } from './stats.ts';

const { sizeGiB, ...details } = typicalImage;
const home = region('ap-guangzhou');
const asOwner = { as: owner };

/** Sizes of tables, of received lists, and of the clouds' lists. */
const full = { tables: [1_000, 100_000, 1_000_000], lists: [200, 10_000], sdkLists: [100, 1_000, 10_000] };
const quick = { tables: [100, 1_000], lists: [20, 200], sdkLists: [20, 200] };

const sample = (parts: Parameters<typeof anImage>[0]) =>
  anImage({ ...details, disksGiB: [sizeGiB], owner: principal(owner), imageId: 'img-sample00' as ImageId, ...parts });

const receiverOf = (size: number) => principal(`9${String(size).padStart(11, '0')}`);
const tableOf = (size: number) => `images-${size}`;
const listsTable = 'received-lists';

/** Images of many owners in tables of each size, and images that one account receives. */
function copiesFor({ tables, lists, sdkLists }: typeof full): Copies[] {
  const big = tables.map(
    (count): Copies => ({
      table: tableOf(count),
      accounts: accountsOf({ lists, sdkLists }),
      image: sample({ owner: principal('700000000000') }),
      count,
      prefix: 't',
      perOwner: (tables[0] as number) * 0.4,
    }),
  );
  const received = [
    ...lists.map((size, index) => ({ size, at: home, prefix: `l${index}` })),
    ...sdkLists.map((size, index) => ({ size, at: home, prefix: `s${index}` })),
    ...sdkLists.map((size, index) => ({ size, at: region('cn-hangzhou'), prefix: `a${index}` })),
  ].map(
    ({ size, at, prefix }): Copies => ({
      table: listsTable,
      accounts: accountsOf({ lists, sdkLists }),
      // The list of HTTP has its own receiver, so that lists of the same size don't add up.
      image: sample({
        region: at,
        imageId: `img-sample${prefix}` as ImageId,
        recipients: { [receiverOf(prefix.startsWith('l') ? size + 1 : size)]: 0 },
      }),
      count: size,
      prefix,
    }),
  );
  return [...big, ...received];
}

/** What is measured at several sizes: for each, how to prepare one call. */
interface Steps {
  readonly title: string;
  readonly what: string;
  readonly sizes: readonly (string | number)[];
  /** At most so many times the first size. */
  readonly ratioMax: number;
  readonly meterOf: (size: string | number) => Meter;
  readonly prepare: (size: string | number, meter: Meter) => Promise<Call>;
}

let images = 0;
/** Stores a new image with these recipients, as calls would have left it. */
async function newImage(meter: Meter, recipients: Recipients): Promise<ImageKey> {
  images += 1;
  const imageId = `img-${Date.now().toString(36)}${images.toString(36)}` as ImageId;
  await meter.service.putImages(sample({ imageId, recipients }));
  return { region: home, imageId };
}

const withRecipients = (count: number): Recipients => Object.fromEntries(principals(count).map((id) => [id, 0]));

/** A call of an action of a cloud's SDK, after its signature was verified. */
function sdkCall(
  { service: dependencies }: Meter,
  action: WireAction,
  parameters: object,
  { policy, at, as }: { policy: unknown; at: string; as: string },
): Promise<unknown> {
  const cloud = clouds.find((each) => each.policy === policy) as (typeof clouds)[number];
  const service = serviceOf(sdkActions, {
    dependencies,
    cloud,
    host: 'localhost',
    region: at,
    baseCall: {
      caller: { subject: as, account: principal(as), scopes: new Set(['tenant']) },
      requestId: 'request-1',
      budget: noWaitBudget(),
    },
    errors: { missingRegion: { code: '', message: '' }, unsupportedRegion: () => ({ code: '', message: '' }) },
  });
  return Promise.resolve(action.run(action.parameters.parse(parameters) as never, service));
}

const pages = ['first', 'middle', 'last'] as const;
const perPage = 20;
const numberOf = (page: (typeof pages)[number], size: number): number =>
  ({ first: 0, middle: Math.floor(size / perPage / 2), last: Math.ceil(size / perPage) - 1 })[page];

function stepsFor({ tables, lists, sdkLists }: typeof full, meterOf: (table: string) => Meter): Steps[] {
  const small = () => meterOf(tableOf(tables[0] as number));
  const inTables = (what: string, prepare: (meter: Meter, size: number) => Promise<Call>): Steps => ({
    ...{ title: 'images in the table', what, sizes: tables, ratioMax: 1.3 },
    meterOf: (size) => meterOf(tableOf(size as number)),
    prepare: (size, meter) => prepare(meter, size as number),
  });
  const share = async (meter: Meter, count: number): Promise<Call> => {
    const key = await newImage(meter, withRecipients(count));
    return () => meter.service.call(shareImage, { ...key, recipients: ['h50'], acknowledgeRisk: true }, asOwner);
  };
  // One image for all checks, so that no writes come between them.
  const checked = new Map<string, Promise<ImageKey>>();
  const check = async (meter: Meter, table: string, count: number): Promise<Call> => {
    const name = `${table}, ${count}`;
    const made = checked.get(name) ?? newImage(meter, withRecipients(count));
    checked.set(name, made);
    const key = await made;
    return () => meter.service.call(checkImageAccess, { ...key, principal: 'h01' }, compute);
  };
  return [
    inTables('access check, 50 recipients', (meter, size) => check(meter, tableOf(size), 50)),
    inTables('share with one', (meter) => share(meter, 0)),
    inTables(
      'own list, page of 25',
      async (meter) => () =>
        meter.service.call(listImages, { region: home, scope: 'owned', limit: '25' }, { as: '700000000001' }),
    ),
    {
      ...{ title: 'recipients of the image', what: 'access check', sizes: [1, 50], ratioMax: 1.2 },
      meterOf: small,
      prepare: (size, meter) => check(meter, 'small', size as number),
    },
    {
      ...{ title: 'recipients of the image', what: 'share with one', sizes: [0, 1, 49], ratioMax: 1.3 },
      meterOf: small,
      prepare: (size, meter) => share(meter, size as number),
    },
    {
      ...{ title: 'received images', what: 'received list, page of 25', sizes: lists, ratioMax: 1.3 },
      meterOf: () => meterOf(listsTable),
      prepare: async (size, meter) => () =>
        meter.service.call(listImages, { region: home, scope: 'shared', limit: '25' }, { as: receiverOf((size as number) + 1) }),
    },
    ...pages.flatMap((page): Steps[] => [
      {
        ...{ title: 'received images', what: `Tencent Cloud, DescribeImages, ${page} page of 20`, sizes: sdkLists, ratioMax: 3 },
        meterOf: () => meterOf(listsTable),
        prepare: async (size, meter) => () =>
          sdkCall(
            meter,
            describeCvmImages,
            { Offset: numberOf(page, size as number) * perPage, Limit: perPage },
            { policy: tencentPolicy, at: home, as: receiverOf(size as number) },
          ),
      },
      {
        ...{ title: 'received images', what: `Alibaba Cloud, DescribeImages, ${page} page of 20`, sizes: sdkLists, ratioMax: 3 },
        meterOf: () => meterOf(listsTable),
        prepare: async (size, meter) => () =>
          sdkCall(
            meter,
            describeEcsImages,
            { PageNumber: numberOf(page, size as number) + 1, PageSize: perPage },
            { policy: alibabaPolicy, at: 'cn-hangzhou', as: receiverOf(size as number) },
          ),
      },
    ]),
  ];
}

export const growth: Part = {
  title: 'Growth',
  about:
    'The same calls with more recipients, longer lists, and larger tables, in this process on the embedded DynamoDB. The sizes of a call take turns. The tables are made once, in the cache folder of the system, with about 2 GB.',
  async run({ isQuick, progress }) {
    const sizes = isQuick ? quick : full;
    const path = await dataFileWith(copiesFor(sizes), progress);
    const { endpoint, child } = await startEmbeddedDynamoDB({ path });
    const client = DynamoDBDocumentClient.from(clientOf(endpoint));
    try {
      const meters = new Map<string, Meter>();
      for (const table of [...sizes.tables.map(tableOf), listsTable]) {
        meters.set(table, new Meter(client, table));
      }
      const rows: Cell[][] = [];
      const goals: Goal[] = [];
      for (const steps of stepsFor(sizes, (table) => meters.get(table) as Meter)) {
        progress(`${steps.what}, by ${steps.title}`);
        const { measured, reads, writes } = await measure(steps, isQuick);
        const [first = Number.NaN] = measured;
        for (const [index, size] of steps.sizes.entries()) {
          rows.push([
            steps.what,
            `${size} ${steps.title}`,
            measured[index],
            (measured[index] as number) / first,
            reads[index],
            writes[index],
          ]);
        }
        const last = measured.at(-1) as number;
        const what = `${steps.what}: ${steps.sizes.at(-1)} / ${steps.sizes[0]} ${steps.title}`;
        goals.push({ what, measured: last / first, unit: 'times', atMost: steps.ratioMax });
      }
      return { tables: [tableOfResults(rows)], goals };
    } finally {
      client.destroy();
      await child.stop();
    }
  },
};

const accountsOf = ({ lists, sdkLists }: Pick<typeof full, 'lists' | 'sdkLists'>): PrincipalId[] => [
  ...[principal(owner), principal('700000000001'), ...principals(50)],
  ...new Set([...lists.map((size) => receiverOf(size + 1)), ...sdkLists.map(receiverOf)]),
];

const tableOfResults = (rows: Cell[][]): Table => ({
  name: 'growth',
  title: 'What calls cost as data grows',
  columns: ['call', 'with', 'p50, ms', 'p50 / first size', 'read units', 'write units'],
  rows,
});

async function measure(steps: Steps, isQuick: boolean) {
  const contender = (size: string | number): Contender => ({
    async prepare(count) {
      const calls: Call[] = [];
      for (let call = 0; call < count; call += 1) {
        calls.push(await steps.prepare(size, steps.meterOf(size)));
      }
      return calls;
    },
  });
  const timings = await measureInTurns(
    Object.fromEntries(steps.sizes.map((size) => [size, contender(size)])),
    isQuick ? { rounds: 1, callers: 1, calls: 2 } : { rounds: 8, secondsMax: 12, callers: 1, calls: 6 },
  );
  const reads: (number | undefined)[] = [];
  const writes: (number | undefined)[] = [];
  for (const size of steps.sizes) {
    const meter = steps.meterOf(size);
    const call = await steps.prepare(size, meter);
    const name = `${steps.what}, ${size} ${steps.title}`;
    await meter.measure(name, call);
    reads.push(meter.costs.get(name)?.reads);
    writes.push(meter.costs.get(name)?.writes);
  }
  return { measured: steps.sizes.map((size) => p50(timings[String(size)]?.ms ?? [])), reads, writes };
}
