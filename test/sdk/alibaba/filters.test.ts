/**
 * Every filter of every list, for an account that owns images and runs instances, one that only receives images, and one that
 * has nothing: a value is judged in the same way for all of them.
 */
import { anImageOf, launch, share } from '../../support/client.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const lists = {
  DescribeImages: ['Images', 'Image'],
  DescribeImageSharePermission: ['Accounts', 'Account'],
  DescribeInstances: ['Instances', 'Instance'],
  DescribeDisks: ['Disks', 'Disk'],
  DescribeSnapshots: ['Snapshots', 'Snapshot'],
  DescribeTasks: ['TaskSet', 'Task'],
  DescribeTags: ['Tags', 'Tag'],
  ListTagResources: ['TagResources', 'TagResource'],
  DescribeRegions: ['Regions', 'Region'],
  DescribeZones: ['Zones', 'Zone'],
} as const satisfies Readonly<Record<string, readonly [string, string]>>;
type List = keyof typeof lists;

/** Parameters that a list needs besides the filter. */
const required: Partial<Record<List, Parameters>> = { ListTagResources: { ResourceType: 'image' } };

/** The status and code of a refusal, or `nothing` for an empty list, or `anything` for a list. */
type Outcome = `${number} ${string}` | 'nothing' | 'anything';

/** A filter key without a value. */
const valueMissing = ['', '400 MissingParameter'] as const;

interface Filter {
  readonly list: List;
  readonly name: string;
  /** The filter for a value. Default: the parameter `name`. */
  readonly as?: (value: string) => Parameters;
  /** A value that contains no values. Default: the empty string, which counts as no filter. */
  readonly none?: readonly [value: string, outcome: Outcome];
  readonly unknown?: readonly [value: string, outcome: Outcome];
  /** A value that the cloud documents and nothing has here. */
  readonly absent?: string;
  /** Two values, or lists of values, whose order must not matter. */
  readonly pair?: readonly [string, string];
}

const jsonIds = { none: ['[]', '400 InvalidParameter'], unknown: ['["x-1"]', 'nothing'] } as const;
const time = '2017-12-05T22:40Z';
const filterOf = (key: string) => (value: string) => ({ 'Filter.1.Key': key, 'Filter.1.Value': value });
const tag = (value: string): Parameters => {
  const [Key, Value] = value.split('=');
  return { 'Tag.1.Key': Key, 'Tag.1.Value': Value };
};
const twoTags = (value: string): Parameters => {
  const [first = '', second = ''] = value.split(',');
  return { 'Tag.1.Key': first, 'Tag.2.Key': second };
};
const creationTimes = (list: List): Filter[] => [
  {
    list,
    name: 'CreationStartTime',
    as: filterOf('CreationStartTime'),
    none: valueMissing,
    unknown: ['soon', '400 InvalidParameter'],
    absent: '2037-01-01T00:00Z',
  },
  {
    list,
    name: 'CreationEndTime',
    as: filterOf('CreationEndTime'),
    none: valueMissing,
    unknown: ['soon', '400 InvalidParameter'],
    absent: time,
  },
  {
    list,
    name: 'Filter key',
    as: (value) => filterOf(value)(time),
    none: ['', '400 MissingParameter'],
    unknown: ['Color', '404 InvalidFilterKey.NotFound'],
  },
  {
    list,
    name: 'Filter value',
    as: (value) => ({ 'Filter.1.Key': 'CreationStartTime', 'Filter.1.Value': value }),
    none: ['', '400 MissingParameter'],
  },
  {
    list,
    name: 'two times',
    as: (value) => {
      const [first, second] = value.split(',');
      return {
        'Filter.1.Key': 'CreationStartTime',
        'Filter.1.Value': first,
        'Filter.2.Key': 'CreationStartTime',
        'Filter.2.Value': second,
      };
    },
    none: valueMissing,
    pair: [`${time},2037-01-01T00:00Z`, `2037-01-01T00:00Z,${time}`],
  },
];
const tags = (list: List, none: Filter['none'] = ['', 'anything']): Filter[] => [
  { list, name: 'Tag', as: tag, none, unknown: ['no-such=x', 'nothing'], absent: 'role=other' },
  {
    list,
    name: 'Tag without a key',
    as: (value) => ({ 'Tag.1.Value': value }),
    none,
    unknown: ['x', '400 InvalidTag.Mismatch'],
  },
  { list, name: 'two tags', as: twoTags, none, pair: ['role,stage', 'stage,role'] },
];
const absentTexts = (list: List, names: readonly string[]): Filter[] => names.map((name) => ({ list, name, absent: 'x-1' }));
const flags = (list: List, names: readonly string[], absent: 'true' | 'false' = 'true'): Filter[] =>
  names.map((name) => ({ list, name, unknown: ['maybe', '400 InvalidParameter'], absent }));

const filters: readonly Filter[] = [
  {
    list: 'DescribeImages',
    name: 'ImageId',
    none: [',', '404 InvalidImageId.NotFound'],
    unknown: ['m-1', 'nothing'],
    absent: '../x',
    pair: ['m-1,m-2', 'm-2,m-1'],
  },
  { list: 'DescribeImages', name: 'ImageName', unknown: ['no-such', 'nothing'], absent: 'no*such' },
  {
    list: 'DescribeImages',
    name: 'ImageOwnerAlias',
    unknown: ['mine', '400 InvalidImageOwnerAlias.ValueNotSupported'],
    absent: 'marketplace',
  },
  { list: 'DescribeImages', name: 'ImageOwnerId', unknown: ['../x', '400 InvalidParameter'], absent: '1' },
  {
    list: 'DescribeImages',
    name: 'Status',
    none: [',', '400 InvalidParameter'],
    unknown: ['Available,Gone', '400 InvalidParameter'],
    absent: 'Waiting,UnAvailable',
    pair: ['Available,Creating', 'Creating,Available'],
  },
  {
    list: 'DescribeImages',
    name: 'Status ALL',
    as: (Status) => ({ Status }),
    unknown: ['ALL,Available', '400 InvalidParameter'],
  },
  {
    list: 'DescribeImages',
    name: 'Usable',
    as: (Usable) => ({ Usable, Status: 'Available' }),
    unknown: ['maybe', '400 InvalidParameter'],
    absent: 'false',
  },
  { list: 'DescribeImages', name: 'OSType', unknown: ['beos', '404 InvalidOSType'], absent: 'windows' },
  { list: 'DescribeImages', name: 'Architecture', unknown: ['mips', '404 InvalidArchitecture'], absent: 'i386' },
  { list: 'DescribeImages', name: 'Usage', unknown: ['some', '404 InvalidUsage'] },
  { list: 'DescribeImages', name: 'InstanceType', unknown: ['large', '400 InvalidInstanceType.ValueNotSupported'] },
  { list: 'DescribeImages', name: 'ActionType', unknown: ['Eat', '400 InvalidParameter'] },
  { list: 'DescribeImages', name: 'ShowExpired', unknown: ['maybe', '400 InvalidParameter'] },
  ...flags('DescribeImages', ['IsPublic']),
  ...flags('DescribeImages', ['IsSupportCloudinit', 'IsSupportIoOptimized'], 'false'),
  ...absentTexts('DescribeImages', ['ImageFamily', 'ResourceGroupId', 'SnapshotId']),
  {
    list: 'DescribeImages',
    name: 'NetworkType',
    as: filterOf('NetworkType'),
    none: valueMissing,
    unknown: ['mesh', '400 InvalidParameter'],
    absent: 'classic',
  },
  ...['CpuOnlineUpgrade', 'CpuOnlineDowngrade', 'MemoryOnlineUpgrade', 'MemoryOnlineDowngrade'].map(
    (name): Filter => ({
      list: 'DescribeImages',
      name,
      as: filterOf(name),
      none: valueMissing,
      unknown: ['maybe', '400 InvalidParameter'],
      absent: 'supported',
    }),
  ),
  ...creationTimes('DescribeImages'),
  ...tags('DescribeImages'),

  { list: 'DescribeInstances', name: 'InstanceIds', ...jsonIds, absent: '["../x"]', pair: ['["i-1","i-2"]', '["i-2","i-1"]'] },
  { list: 'DescribeInstances', name: 'InstanceName', unknown: ['no-such', 'nothing'], absent: 'no*such' },
  { list: 'DescribeInstances', name: 'ImageId', unknown: ['m-1', 'nothing'] },
  { list: 'DescribeInstances', name: 'ZoneId', unknown: ['cn-hangzhou-b', 'nothing'] },
  { list: 'DescribeInstances', name: 'Status', unknown: ['Lost', '404 InvalidStatus.NotFound'], absent: 'Stopped' },
  { list: 'DescribeInstances', name: 'InstanceNetworkType', unknown: ['mesh', '404 InvalidNetworkType.NotFound'], absent: 'vpc' },
  {
    list: 'DescribeInstances',
    name: 'InstanceChargeType',
    unknown: ['Free', '404 InvalidInstanceChargeType.NotFound'],
    absent: 'PrePaid',
  },
  {
    list: 'DescribeInstances',
    name: 'InternetChargeType',
    unknown: ['Free', '404 InvalidInternetChargeType.ValueNotSupported'],
    absent: 'PayByTraffic',
  },
  { list: 'DescribeInstances', name: 'LockReason', unknown: ['fun', '404 InvalidLockReason.NotFound'], absent: 'security' },
  ...['InnerIpAddresses', 'PrivateIpAddresses', 'PublicIpAddresses', 'EipAddresses'].map(
    (name): Filter => ({
      list: 'DescribeInstances',
      name,
      ...jsonIds,
      pair: ['["10.0.0.1","10.0.0.2"]', '["10.0.0.2","10.0.0.1"]'],
    }),
  ),
  { list: 'DescribeInstances', name: 'Ipv6Address', as: (value) => ({ 'Ipv6Address.1': value }), absent: '::1' },
  ...absentTexts('DescribeInstances', [
    ...['VpcId', 'VSwitchId', 'SecurityGroupId', 'KeyPairName', 'HpcClusterId', 'ResourceGroupId', 'RdmaIpAddresses'],
    ...['InstanceType', 'InstanceTypeFamily'],
  ]),
  ...flags('DescribeInstances', ['IoOptimized']),
  {
    list: 'DescribeInstances',
    name: 'ExpiredStartTime',
    as: filterOf('ExpiredStartTime'),
    none: valueMissing,
    unknown: ['soon', '400 InvalidParameter'],
    absent: time,
  },
  {
    list: 'DescribeInstances',
    name: 'ExpiredEndTime',
    as: filterOf('ExpiredEndTime'),
    none: valueMissing,
    unknown: ['soon', '400 InvalidParameter'],
    absent: time,
  },
  ...creationTimes('DescribeInstances'),
  ...tags('DescribeInstances'),

  { list: 'DescribeDisks', name: 'DiskIds', ...jsonIds, pair: ['["d-1","d-2"]', '["d-2","d-1"]'] },
  { list: 'DescribeDisks', name: 'InstanceId', unknown: ['i-1', 'nothing'] },
  { list: 'DescribeDisks', name: 'DiskType', unknown: ['tape', '400 InvalidDiskType.ValueNotSupported'], absent: 'data' },
  { list: 'DescribeDisks', name: 'Category', unknown: ['tape', '400 InvalidCategory.ValueNotSupported'], absent: 'cloud_essd' },
  { list: 'DescribeDisks', name: 'Status', unknown: ['Lost', '400 InvalidStatus.ValueNotSupported'], absent: 'Available' },
  { list: 'DescribeDisks', name: 'ZoneId', unknown: ['cn-hangzhou-b', 'nothing'] },
  { list: 'DescribeDisks', name: 'DiskChargeType', unknown: ['Free', '404 InvalidDiskChargeType.NotFound'], absent: 'PostPaid' },
  { list: 'DescribeDisks', name: 'LockReason', unknown: ['fun', '404 InvalidLockReason.NotFound'], absent: 'recycling' },
  { list: 'DescribeDisks', name: 'MultiAttach', unknown: ['maybe', '400 InvalidParameter'], absent: 'Enabled' },
  { list: 'DescribeDisks', name: 'Encrypted', unknown: ['true', '400 InvalidParameter'] },
  ...flags('DescribeDisks', [
    'Portable',
    'DeleteAutoSnapshot',
    'EnableAutoSnapshot',
    'EnableAutomatedSnapshotPolicy',
    'EnableShared',
  ]),
  ...flags('DescribeDisks', ['DeleteWithInstance'], 'false'),
  ...absentTexts('DescribeDisks', ['DiskName', 'AutoSnapshotPolicyId', 'KMSKeyId', 'SnapshotId', 'ResourceGroupId']),
  ...creationTimes('DescribeDisks'),
  ...tags('DescribeDisks'),

  { list: 'DescribeSnapshots', name: 'SnapshotIds', ...jsonIds, pair: ['["s-1","s-2"]', '["s-2","s-1"]'] },
  { list: 'DescribeSnapshots', name: 'SnapshotName', unknown: ['no-such', 'nothing'] },
  { list: 'DescribeSnapshots', name: 'Status', unknown: ['lost', '404 InvalidStatus.NotFound'], absent: 'failed' },
  { list: 'DescribeSnapshots', name: 'SnapshotType', unknown: ['own', '404 InvalidSnapshotType.NotFound'], absent: 'auto' },
  { list: 'DescribeSnapshots', name: 'SourceDiskType', unknown: ['tape', '404 InvalidSourceDiskType'], absent: 'data' },
  { list: 'DescribeSnapshots', name: 'Usage', unknown: ['some', '404 InvalidUsage'], absent: 'none' },
  { list: 'DescribeSnapshots', name: 'Category', unknown: ['tape', '403 InvalidSnapshotCategory.Malformed'], absent: 'Flash' },
  ...flags('DescribeSnapshots', ['Encrypted']),
  ...absentTexts('DescribeSnapshots', ['InstanceId', 'DiskId', 'SnapshotLinkId', 'KMSKeyId', 'ResourceGroupId']),
  ...creationTimes('DescribeSnapshots'),
  ...tags('DescribeSnapshots'),

  {
    list: 'DescribeTasks',
    name: 'TaskIds',
    none: [',', '400 InvalidParameter'],
    unknown: ['t-1', 'nothing'],
    pair: ['t-1,t-2', 't-2,t-1'],
  },
  { list: 'DescribeTasks', name: 'TaskAction', unknown: ['Dance', '400 InvalidParameter'], absent: 'ExportImage' },
  { list: 'DescribeTasks', name: 'TaskStatus', unknown: ['Lost', '400 InvalidParameter'], absent: 'Failed' },
  { list: 'DescribeTasks', name: 'ResourceIds', as: (value) => ({ 'ResourceIds.1': value }), unknown: ['m-1', 'nothing'] },
  { list: 'DescribeTasks', name: 'StartTime', unknown: ['soon', '400 InvalidParameter'], absent: '2037-01-01T00:00:00Z' },
  { list: 'DescribeTasks', name: 'EndTime', unknown: ['soon', '400 InvalidParameter'], absent: '2017-01-01T00:00:00Z' },
  ...absentTexts('DescribeTasks', ['TaskGroupId']),

  { list: 'DescribeTags', name: 'ResourceType', unknown: ['Image', '404 InvalidResourceType.NotFound'], absent: 'instance' },
  { list: 'DescribeTags', name: 'ResourceId', unknown: ['m-1', 'nothing'] },
  ...tags('DescribeTags'),

  {
    list: 'ListTagResources',
    name: 'ResourceType',
    as: (ResourceType) => ({ ResourceType, 'Tag.1.Key': 'role' }),
    none: ['', '400 MissingParameter'],
    unknown: ['Image', '404 InvalidResourceType.NotFound'],
    absent: 'instance',
  },
  {
    list: 'ListTagResources',
    name: 'ResourceId',
    as: (value) => Object.fromEntries(value.split(',').map((id, index) => [`ResourceId.${index + 1}`, id])),
    none: ['', '404 MissingParameter.Tags'],
    unknown: ['m-1', 'nothing'],
    absent: '../x',
    pair: ['m-1,m-2', 'm-2,m-1'],
  },
  {
    list: 'ListTagResources',
    name: 'TagFilter key',
    as: (value) => ({ 'TagFilter.1.TagKey': value }),
    none: ['', '404 MissingParameter.Tags'],
    unknown: ['no-such*', 'nothing'],
  },
  {
    list: 'ListTagResources',
    name: 'TagFilter values',
    as: (value) => ({
      'TagFilter.1.TagKey': 'role',
      ...Object.fromEntries(value.split(',').map((pattern, index) => [`TagFilter.1.TagValues.${index + 1}`, pattern])),
    }),
    unknown: ['no-such*', 'nothing'],
    pair: ['w*,d*', 'd*,w*'],
  },
  ...tags('ListTagResources', ['', '404 MissingParameter.Tags']),

  { list: 'DescribeRegions', name: 'AcceptLanguage', unknown: ['tlh', '404 InvalidAcceptLanguage.NotFound'] },
  { list: 'DescribeRegions', name: 'InstanceChargeType', unknown: ['Free', '404 InvalidInstanceChargeType.NotFound'] },
  { list: 'DescribeRegions', name: 'ResourceType', unknown: ['image', '404 InvalidResourceType.NotFound'] },
  { list: 'DescribeZones', name: 'AcceptLanguage', unknown: ['tlh', '404 InvalidAcceptLanguage.NotFound'] },
  { list: 'DescribeZones', name: 'InstanceChargeType', unknown: ['Free', '404 InvalidInstanceChargeType.NotFound'] },
  { list: 'DescribeZones', name: 'SpotStrategy', unknown: ['Luck', '400 InvalidSpotStrategy'] },
  { list: 'DescribeZones', name: 'Verbose', unknown: ['maybe', '400 InvalidParameter'] },
];

let accounts: Readonly<Record<'owner' | 'recipient' | 'other', EcsAccount>>;

beforeAll(async () => {
  const [owner, recipient, other] = await Promise.all([freshEcsAccount(), freshEcsAccount(), freshEcsAccount()]);
  const image = await anImageOf(owner.api, RegionId, { tags: { role: 'web', stage: 'test' } });
  await share(owner.api, image, [recipient.account]);
  await launch(owner.api, image);
  await launch(recipient.api, image);
  accounts = { owner, recipient, other };
});

const outcomeOf = async (account: EcsAccount, list: List, parameters: Parameters) => {
  const [outer, inner] = lists[list];
  return account.ok(list, { ...required[list], ...parameters }).then(
    (fields) => ({ entries: entriesOf(fields, outer, inner) }),
    async () => account.refused(list, { ...required[list], ...parameters }),
  );
};
const summaryOf = (outcome: Awaited<ReturnType<typeof outcomeOf>>): Outcome =>
  'entries' in outcome ? (outcome.entries.length === 0 ? 'nothing' : 'anything') : `${outcome.status} ${outcome.code}`;

/** The outcomes for the three accounts. A list that isn't expected to be empty can be: an account may have nothing to list. */
async function outcomes(list: List, parameters: Parameters, expected: Outcome): Promise<readonly Outcome[]> {
  const found = await Promise.all(Object.values(accounts).map((account) => outcomeOf(account, list, parameters)));
  return found.map((outcome) => (expected === 'anything' && 'entries' in outcome ? 'anything' : summaryOf(outcome)));
}

describe.each(filters)(
  '$list by $name',
  ({ list, name, as = (value) => ({ [name]: value }), none = ['', 'anything'], unknown, absent, pair }) => {
    const sameForAll = (outcome: Outcome) => [outcome, outcome, outcome];

    it('treats no values alike for all accounts', async () => {
      const [value, expected] = none;

      expect(await outcomes(list, as(value), expected)).toEqual(sameForAll(expected));
    });

    if (unknown !== undefined) {
      const [value, expected] = unknown;

      it(`treats an unknown value alike for all accounts: ${expected}`, async () => {
        expect(await outcomes(list, as(value), expected)).toEqual(sameForAll(expected));
        if (/^\d/.test(expected)) {
          const { message } = await accounts.other.refused(list, { ...required[list], ...as(value) });
          expect(message).toContain(JSON.stringify(value));
        }
      });
    }

    if (absent !== undefined) {
      it('finds nothing for a documented value that nothing has', async () => {
        expect(await outcomes(list, as(absent), 'nothing')).toEqual(sameForAll('nothing'));
      });
    }

    if (pair !== undefined) {
      it.each([...Object.entries({ owner: 0, recipient: 0, other: 0 })])(
        'finds the same for two values in both orders, for %s',
        async (role) => {
          const account = accounts[role as keyof typeof accounts];
          const [first, second] = await Promise.all(pair.map((value) => outcomeOf(account, list, as(value))));

          expect(first).toHaveProperty('entries');
          expect(second).toEqual(first);
        },
      );
    }
  },
);

it.each<[List, Parameters, Parameters]>([
  ['DescribeImages', { Status: 'Available,Available' }, { Status: 'Available' }],
  ['DescribeImages', { 'Tag.1.Key': 'role', 'Tag.2.Key': 'role' }, { 'Tag.1.Key': 'role' }],
  [
    'DescribeInstances',
    { 'Filter.1.Key': 'CreationStartTime', 'Filter.1.Value': time, 'Filter.2.Key': 'CreationStartTime', 'Filter.2.Value': time },
    {},
  ],
  ['DescribeSnapshots', { SnapshotIds: '["s-1","s-1"]' }, { SnapshotIds: '["s-1"]' }],
  ['DescribeTasks', { TaskIds: 't-1,t-1' }, { TaskIds: 't-1' }],
  ['ListTagResources', { 'ResourceId.1': 'm-1', 'ResourceId.2': 'm-1' }, { 'ResourceId.1': 'm-1' }],
])('finds the same in %s for the doubled values %j as for single ones', async (list, doubled, single) => {
  for (const account of Object.values(accounts)) {
    expect(await outcomeOf(account, list, doubled)).toEqual(await outcomeOf(account, list, single));
  }
});

it('refuses a date that does not exist', async () => {
  const parameters = { 'Filter.1.Key': 'CreationStartTime', 'Filter.1.Value': '2023-02-30T00:00Z' };

  expect(await outcomeOf(accounts.owner, 'DescribeInstances', parameters)).not.toHaveProperty('entries');
});

it('covers every parameter of the lists, except paging, dry runs, and owners', async () => {
  const { ecsActions } = await import('../../../lib/sdk/alibaba/actions.ts');
  const others = [
    'PageNumber',
    'PageSize',
    'MaxResults',
    'NextToken',
    'DryRun',
    'OwnerId',
    'OwnerAccount',
    'ResourceOwnerId',
    'ResourceOwnerAccount',
  ];
  for (const list of Object.keys(lists) as List[]) {
    const covered = filters
      .filter((filter) => filter.list === list)
      .flatMap(({ name, as = (value) => ({ [name]: value }) }) => Object.keys(as('a,b')).map((key) => key.replace(/\..*/, '')));
    const parameters = Object.keys(ecsActions[list]?.parameters.shape ?? {}).filter(
      (parameter) => !others.includes(parameter) && !(list === 'DescribeImageSharePermission' && parameter === 'ImageId'),
    );

    expect({ list, parameters: parameters.filter((parameter) => !covered.includes(parameter)) }).toEqual({
      list,
      parameters: [],
    });
  }
});
