import { runInstance } from '../../../functions/run-instance.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { anImageOf, share } from '../../support/client.ts';
import type { Product } from './actions.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

/** An account that owns images and instances, one that receives an image, and one that has nothing. */
let accounts: readonly Caller[];
let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  accounts = await Promise.all([freshCaller(), freshCaller(), freshCaller()]);
  [owner, recipient] = accounts as [Caller, Caller];
  const web = await anImageOf(owner, region, { name: 'web', os: 'CentOS 7', tags: { tier: 'web' } });
  await owner.ok(updateImage, { region, imageId: web.imageId, products: ['standard', 'lightweight'] });
  await share(owner, web, [recipient.account]);
  await owner.ok(runInstance, { region, imageId: web.imageId });
});

/** What a filter does with values. */
interface FilterCase {
  readonly name: string;
  /** Two documented values. */
  readonly values: readonly [string, string];
  /** How many entries of the owner and of the recipient either value finds. */
  readonly finds: readonly [number, number];
  /** A documented value that no entry has. Absent if each value finds something. */
  readonly absent?: string;
  /** A value that isn't documented, and the code of its refusal. Absent for filters that accept any text. */
  readonly wrong?: readonly [string, string];
}

interface ListCall {
  readonly product: Product;
  readonly action: string;
  readonly noValues: string;
  readonly unknownName: string;
  readonly filters: readonly FilterCase[];
}

const text = (name: string, value: string, finds: readonly [number, number], absent = 'none'): FilterCase => ({
  name,
  values: [value, 'nothing'],
  finds,
  absent,
});
const anyText = (name: string): FilterCase => text(name, 'a', [0, 0]);
const oneOf = (
  name: string,
  values: readonly [string, string],
  finds: readonly [number, number],
  absent: string,
  code = 'InvalidFilter',
): FilterCase => ({ name, values, finds, absent, wrong: ['NONSENSE', code] });
const id = (name: string, prefix: string, code: string): FilterCase => ({
  name,
  values: [`${prefix}00000000`, `${prefix}11111111`],
  finds: [0, 0],
  absent: `${prefix}22222222`,
  wrong: [`${prefix}1`, code],
});

const cvm = { product: 'cvm', noValues: 'InvalidFilter', unknownName: 'InvalidFilter' } as const;
const lighthouse = {
  product: 'lighthouse',
  noValues: 'InvalidParameter.InvalidFilter',
  unknownName: 'InvalidParameter.InvalidFilterNotSupportedName',
} as const;

const listCalls: readonly ListCall[] = [
  {
    ...cvm,
    action: 'DescribeImages',
    filters: [
      id('image-id', 'img-', 'InvalidImageId.Malformed'),
      oneOf('image-type', ['PRIVATE_IMAGE', 'SHARED_IMAGE'], [1, 1], 'MARKET_IMAGE'),
      oneOf('cdc-cache-status', ['CACHED', 'CACHING'], [0, 0], 'CACHED_ALL'),
      text('image-name', 'we', [1, 1]),
      text('platform', 'cent', [1, 1]),
      text('tag-key', 'tier', [1, 1]),
      text('tag-value', 'web', [1, 1]),
      text('tag:tier', 'web', [1, 1]),
      anyText('dedicated-cluster-id'),
    ],
  },
  {
    ...cvm,
    action: 'DescribeInstances',
    filters: [
      id('instance-id', 'ins-', 'InvalidInstanceId.Malformed'),
      oneOf('instance-state', ['RUNNING', 'STOPPED'], [1, 0], 'PENDING'),
      oneOf('instance-charge-type', ['POSTPAID_BY_HOUR', 'PREPAID'], [1, 0], 'SPOTPAID'),
      oneOf('zone', ['ap-guangzhou-1', 'ap-guangzhou-3'], [1, 0], 'ap-guangzhou-6', 'InvalidZone.MismatchRegion'),
      oneOf('project-id', ['0', '1'], [1, 0], '1002189', 'InvalidParameterValue'),
      oneOf(
        'creation-start-time',
        ['2020-01-01 00:00:00', '2100-01-01 00:00:00'],
        [1, 0],
        '2100-01-01 00:00:00',
        'InvalidParameterValue.InvalidTimeFormat',
      ),
      oneOf(
        'creation-end-time',
        ['2020-01-01 00:00:00', '2100-01-01 00:00:00'],
        [1, 0],
        '2020-01-01 00:00:00',
        'InvalidParameterValue.InvalidTimeFormat',
      ),
      id('host-id', 'host-', 'InvalidHostId.Malformed'),
      id('vpc-id', 'vpc-', 'InvalidParameterValue.VpcIdMalformed'),
      id('subnet-id', 'subnet-', 'InvalidParameterValue.SubnetIdMalformed'),
      id('security-group-id', 'sg-', 'InvalidSgId.Malformed'),
      oneOf(
        'uuid',
        ['68b510db-b4c1-4630-a62b-73d0c7c970f9', '68b510db-b4c1-4630-a62b-73d0c7c970f8'],
        [0, 0],
        '00000000-b4c1-4630-a62b-73d0c7c970f8',
        'InvalidParameterValue.UuidMalformed',
      ),
      ...['private-ip-address', 'public-ip-address'].map((name) =>
        oneOf(name, ['10.0.0.1', '10.0.0.2'], [0, 0], '10.0.0.3', 'InvalidParameterValue.IPAddressMalformed'),
      ),
      oneOf('ipv6-address', ['::1', '::2'], [0, 0], '::3', 'InvalidParameterValue.IPv6AddressMalformed'),
      ...['instance-name', 'dedicated-cluster-id', 'tag-key', 'tag-value', 'tag:tier'].map(anyText),
    ],
  },
  {
    ...cvm,
    action: 'DescribeSnapshots',
    noValues: 'InvalidParameterValue',
    filters: [
      {
        name: 'snapshot-id',
        values: ['snap-0', 'snap-1'],
        finds: [0, 0],
        absent: 'snap-2',
        wrong: ['1', 'InvalidParameterValue'],
      },
      oneOf('snapshot-state', ['NORMAL', 'CREATING'], [1, 1], 'ROLLBACKING', 'InvalidParameterValue'),
      {
        name: 'snapshot-type',
        values: ['PRIVATE_SNAPSHOT', 'SHARED_SNAPSHOT'],
        finds: [1, 1],
        wrong: ['PRIVATE', 'InvalidParameterValue'],
      },
      oneOf('disk-usage', ['SYSTEM_DISK', 'DATA_DISK'], [1, 1], 'DATA_DISK', 'InvalidParameterValue'),
      oneOf('encrypt', ['false', 'true'], [1, 1], 'true', 'InvalidParameterValue'),
      oneOf('project-id', ['0', '1'], [1, 1], '1002189', 'InvalidParameterValue'),
      oneOf('zone', ['ap-guangzhou-1', 'ap-guangzhou-3'], [1, 1], 'ap-guangzhou-6', 'InvalidParameterValue'),
      text('snapshot-name', 'web', [1, 1]),
      anyText('disk-id'),
    ],
  },
  {
    ...lighthouse,
    action: 'DescribeBlueprints',
    filters: [
      id('blueprint-id', 'lhbp-', 'InvalidParameterValue.BlueprintIdMalformed'),
      oneOf('blueprint-type', ['PRIVATE', 'SHARED'], [1, 1], 'DOCKER', 'InvalidParameterValue.InvalidBlueprintType'),
      oneOf('platform-type', ['LINUX_UNIX', 'WINDOWS'], [1, 1], 'WINDOWS', 'InvalidParameterValue.InvalidBlueprintPlatformType'),
      oneOf('blueprint-state', ['NORMAL', 'SYNCING'], [1, 1], 'OFFLINE', 'InvalidParameterValue.InvalidBlueprintState'),
      text('blueprint-name', 'we', [1, 1]),
      text('tag-key', 'tier', [1, 1]),
      text('tag-value', 'web', [1, 1]),
      text('tag:tier', 'web', [1, 1]),
      anyText('scene-id'),
    ],
  },
  {
    ...lighthouse,
    action: 'DescribeImagesToShare',
    filters: [
      id('image-id', 'img-', 'InvalidParameterValue.InvalidImageIdMalformed'),
      oneOf('image-type', ['PRIVATE_IMAGE', 'SHARED_IMAGE'], [1, 1], 'PUBLIC_IMAGE', 'InvalidParameter.InvalidFilter'),
      text('image-name', 'we', [1, 1]),
    ],
  },
];

const cases = listCalls.flatMap((listCall) =>
  listCall.filters.map((filter) => [listCall.action, filter.name, listCall, filter] as const),
);

/** The response of each account: the error code, or the number of entries. */
const responsesTo = ({ product, action }: ListCall, ...filters: readonly { Name: string; Values: readonly string[] }[]) =>
  Promise.all(
    accounts.map(async ({ call }) => {
      const { Error: error, TotalCount } = await call(action, { Filters: filters }, { product });
      return error?.Code ?? TotalCount;
    }),
  );
const refusedForAll = (code: string) => [code, code, code];

describe.each(cases)('%s, filter %s', (_, name, listCall, { values, finds, absent, wrong }) => {
  const filter = (...Values: readonly string[]) => ({ Name: name, Values });

  it('finds the same with two values in either order, and with a value twice', async () => {
    const [first, second] = values;
    for (const pair of [
      [first, second],
      [second, first],
      [first, first, second],
    ]) {
      expect([pair, await responsesTo(listCall, filter(...pair))]).toEqual([pair, [...finds, 0]]);
    }
  });

  if (absent !== undefined) {
    it('finds nothing with a documented value that no entry has', async () => {
      expect(await responsesTo(listCall, filter(absent))).toEqual([0, 0, 0]);
    });
  }

  it('is refused without values for every account', async () => {
    expect(await responsesTo(listCall, filter())).toEqual(refusedForAll(listCall.noValues));
  });

  if (wrong !== undefined) {
    it('is refused with an unknown value for every account, wherever it is among others', async () => {
      const [value, code] = wrong;
      for (const list of [[value], [values[0], value], [value, values[0]], [values[1], value]]) {
        expect([list, await responsesTo(listCall, filter(...list))]).toEqual([list, refusedForAll(code)]);
      }
      const { Error: error } = await owner.call(listCall.action, { Filters: [filter(value)] }, { product: listCall.product });
      expect(error?.Message).toMatch(new RegExp(`^The filter ${name} must be .*, but is "${value}"\\.$`));
    });
  }
});

describe.each(listCalls)('$action', (listCall) => {
  it.each(['color', 'constructor', '', 'tag:'])('refuses the unknown filter %j for every account', async (Name) => {
    expect(await responsesTo(listCall, { Name, Values: ['a'] })).toEqual(refusedForAll(listCall.unknownName));
  });

  it('refuses a wrong value after a filter that finds nothing, and an unknown filter after one', async () => {
    const { absent, name } = listCall.filters[0] as FilterCase;
    const nothing = { Name: name, Values: [String(absent)] };
    expect(await responsesTo(listCall, nothing, { Name: name, Values: [] })).toEqual(refusedForAll(listCall.noValues));
    expect(await responsesTo(listCall, nothing, { Name: 'color', Values: ['a'] })).toEqual(refusedForAll(listCall.unknownName));
  });
});

it.each([
  ['DescribeInstances', 'creation-start-time', '2023-02-30 00:00:00', 'InvalidParameterValue.InvalidTimeFormat'],
  ['DescribeImages', 'image-name', '', 'InvalidFilter'],
])('%s refuses the filter %s with the value %j', async (action, Name, value, code) => {
  expect((await owner.call(action, { Filters: [{ Name, Values: [value] }] })).Error?.Code).toBe(code);
});

it('DescribeImages finds a tag in any Unicode form', async () => {
  const caller = await freshCaller();
  const { imageId } = await anImageOf(caller, region, { tags: { 'caf\u00e9': 'gr\u00fcn' } });
  const filter = { Name: 'tag:cafe\u0301', Values: ['gru\u0308n'] };

  expect((await caller.call('DescribeImages', { Filters: [filter] }))['ImageSet']).toMatchObject([{ ImageId: imageId }]);
});

describe('DescribeBlueprintsShareAcrossAccountInfos', () => {
  it('judges filters before it reads the blueprints, for every account', async () => {
    const list = (Values: readonly string[]) =>
      Promise.all(
        accounts.map(async ({ call }) => {
          const parameters = { BlueprintIds: ['lhbp-00000000'], Filters: [{ Name: 'account-id', Values }] };
          const action = 'DescribeBlueprintsShareAcrossAccountInfos';
          return (await call(action, parameters, { product: 'lighthouse' })).Error?.Code;
        }),
      );
    expect(await list([])).toEqual(refusedForAll('InvalidParameter.InvalidFilter'));
    expect(await list(['no account'])).toEqual(refusedForAll('InvalidParameter.InvalidFilter'));
    expect(await list(['100000000001'])).toEqual(refusedForAll('ResourceNotFound.BlueprintIdNotFound'));
  });
});

describe('a filter by parts of names', () => {
  const names = Array.from({ length: 21 }, (_, index) => `app-${index + 1}`);
  let lister: Caller;
  beforeAll(async () => {
    lister = await freshCaller();
    await anImageOf(lister, region, { name: 'app', description: 'older' });
    await anImageOf(lister, region, { name: 'app', description: 'newer' });
    for (const name of names) {
      const { imageId } = await anImageOf(lister, region, { name });
      await lister.ok(updateImage, { region, imageId, products: ['standard', 'lightweight'] });
    }
  });

  const imagesNamed = async (parameters: object) =>
    (await lister.call('DescribeImages', parameters))['ImageSet'] as { ImageName: string; ImageDescription: string }[];
  const filterBy = (...Values: readonly string[]) => ({ Filters: [{ Name: 'image-name', Values }] });

  it('lists exact names first, each newest first, so that they are on the first page', async () => {
    const page = await imagesNamed(filterBy('app'));
    expect(page).toHaveLength(20);
    expect(page.slice(0, 3).map(({ ImageName, ImageDescription }) => [ImageName, ImageDescription])).toEqual([
      ['app', 'newer'],
      ['app', 'older'],
      ['app-21', ''],
    ]);
  });

  it('lists all matches once over several pages', async () => {
    const pages = [await imagesNamed(filterBy('app')), await imagesNamed({ ...filterBy('app'), Offset: 20 })].flat();
    expect(pages.map(({ ImageName }) => ImageName)).toEqual(['app', 'app', ...names.toReversed()]);
  });

  it('lists the exact matches of every value first, also with other filters', async () => {
    const Filters = [...filterBy('app-3', 'app').Filters, { Name: 'image-type', Values: ['PRIVATE_IMAGE'] }];
    const page = await imagesNamed({ Filters });
    expect(page.slice(0, 4).map(({ ImageName }) => ImageName)).toEqual(['app-3', 'app', 'app', 'app-21']);
  });

  it('lists exact names of blueprints first', async () => {
    const parameters = { Filters: [{ Name: 'blueprint-name', Values: ['app-2'] }] };
    const { BlueprintSet } = await lister.call('DescribeBlueprints', parameters, { product: 'lighthouse' });
    expect((BlueprintSet as { BlueprintName: string }[]).map(({ BlueprintName }) => BlueprintName)).toEqual([
      'app-2',
      'app-21',
      'app-20',
    ]);
  });
});
