/** Every filter of every list, with the same kinds of values, for three accounts. */
import { aHost, anImage, freshSigners, region, type Signer } from './members.ts';

let owner: Signer;
let recipient: Signer;
let newcomer: Signer;
let imageId: string;
let receivedId: string;
let hostId: string;

beforeAll(async () => {
  [owner, recipient, newcomer] = (await freshSigners(3)) as [Signer, Signer, Signer];
  imageId = await anImage(owner, { OsName: 'CentOS 7.9 64位', Tag: 'shop' });
  receivedId = await anImage(owner);
  hostId = await aHost(owner, { ImageId: imageId });
  await owner.client.ok('ModifyImageShareProject', { ImageId: receivedId, AddProjects: [recipient.project] });
});

const actions = {
  DescribeImage: 'ImageSet',
  DescribeSharingImages: 'ImageSet',
  DescribeUHostInstance: 'UHostSet',
  GetProjectList: 'ProjectSet',
} as const;
type Action = keyof typeof actions;

/** What every account gets: a list of any length, an empty list, or a RetCode with a message that names parameter and value. */
type Expected = 'a list' | 'an empty list' | { readonly refused: string };

const zones: readonly [string, unknown, Expected][] = [
  ['Zone', '', 'a list'],
  ['Zone', `${region}-02`, 'a list'],
  ['Zone', `${region}-05`, 'an empty list'],
  [
    'Zone',
    `${region}-99`,
    { refused: 'Params [Zone] not available: must be cn-bj2-02, the zone of cn-bj2 in this deployment (got "cn-bj2-99")' },
  ],
  [
    'Zone',
    'cn-sh2-02',
    { refused: 'Params [Zone] not available: must be cn-bj2-02, the zone of cn-bj2 in this deployment (got "cn-sh2-02")' },
  ],
  [
    'Zone',
    'toString',
    { refused: 'Params [Zone] not available: must be cn-bj2-02, the zone of cn-bj2 in this deployment (got "toString")' },
  ],
];
const ofLimit = (max: number): readonly [string, unknown, Expected][] => [
  ['Limit', '', 'a list'],
  ['Limit', 0, 'an empty list'],
  ['Limit', max, 'a list'],
  ['Limit', max + 1, { refused: `Params [Limit] not available: must be at most ${max} (got ${max + 1})` }],
  ['Limit', -1, { refused: 'Params [Limit] not available: must be at least 0 (got -1)' }],
  ['Limit', 'many', { refused: 'Params [Limit] not available: must be an integer (got "many")' }],
  ['Offset', '', 'a list'],
  ['Offset', 10_000, 'an empty list'],
  ['Offset', -1, { refused: 'Params [Offset] not available: must be at least 0 (got -1)' }],
  ['Offset', '1.5', { refused: 'Params [Offset] not available: must be an integer (got "1.5")' }],
];
const idRule = 'must start with a letter or digit and contain only letters, digits, ".", "_", and "-"';
const tags: readonly [string, unknown, Expected][] = [
  ['Tag', '', 'a list'],
  ['Tag', 'Default', 'a list'],
  ['Tag', 'nobody-has-this', 'an empty list'],
  ['Tag', 'x'.repeat(65), { refused: `Params [Tag] not available: must be at most 64 bytes in UTF-8 (got "${'x'.repeat(63)})` }],
  ['Tag', true, { refused: 'Params [Tag] not available: must be a string (got true)' }],
];
const absent = (name: string): readonly [string, unknown, Expected][] => [
  [name, '', 'a list'],
  [name, 'any-id', 'an empty list'],
  [name, true, { refused: `Params [${name}] not available: must be a string (got true)` }],
];

const filters: Readonly<Record<Action, readonly [string, unknown, Expected][]>> = {
  DescribeImage: [
    ...zones,
    ...ofLimit(10_000),
    ...tags,
    ['ImageType', '', 'a list'],
    ['ImageType', 'Custom', 'a list'],
    ['ImageType', 'Shared', 'a list'],
    ['ImageType', 'Base', 'a list'],
    ['ImageType', 'Business', 'an empty list'],
    [
      'ImageType',
      'custom',
      { refused: 'Params [ImageType] not available: must be one of "Base", "Business", "Custom", "Shared" (got "custom")' },
    ],
    ['FuncType', '', 'a list'],
    ['FuncType', 'app', 'an empty list'],
    ['FuncType', 'uhost', 'an empty list'],
    ['FuncType', 'gpu', 'an empty list'],
    ['FuncType', 'tpu', { refused: 'Params [FuncType] not available: must be one of "gpu", "app", "uhost" (got "tpu")' }],
    ['OsType', '', 'a list'],
    ['OsType', 'Linux', 'a list'],
    ['OsType', 'Windows', 'an empty list'],
    ['OsType', 'BSD', { refused: 'Params [OsType] not available: must be one of "Linux", "Windows" (got "BSD")' }],
    ['PriceSet', '', 'a list'],
    ['PriceSet', 0, 'a list'],
    ['PriceSet', '1', 'a list'],
    ['PriceSet', 2, { refused: 'Params [PriceSet] not available: must be 0 or 1 (got 2)' }],
    ['ImageId', '', 'a list'],
    ['ImageId', 'uimage-nowhere', 'an empty list'],
    ['ImageId', '镜像', { refused: `Params [ImageId] not available: ${idRule} (got "镜像")` }],
    ['ImageIds', [], 'a list'],
    ['ImageIds', ['uimage-nowhere', 'uimage-neither'], 'an empty list'],
    ['ImageIds', ['uimage-neither', 'uimage-nowhere'], 'an empty list'],
    ['ImageIds', ['uimage-1', '镜像'], { refused: `Params [ImageIds.1] not available: ${idRule} (got "镜像")` }],
    ['ImageIds', ['镜像', 'uimage-1'], { refused: `Params [ImageIds.0] not available: ${idRule} (got "镜像")` }],
    ['ImageIds', 'uimage-1', { refused: 'Params [ImageIds] not available: must be a list (got "uimage-1")' }],
  ],
  DescribeSharingImages: [
    ...zones,
    ...ofLimit(100),
    ['ImageId', '', 'a list'],
    ['ImageId', 'uimage-nowhere', 'an empty list'],
    ['ImageId', '镜像', { refused: `Params [ImageId] not available: ${idRule} (got "镜像")` }],
  ],
  DescribeUHostInstance: [
    ...zones,
    ...ofLimit(100),
    ...tags,
    ...absent('IsolationGroup'),
    ...absent('VPCId'),
    ...absent('SubnetId'),
    ...absent('UDiskIdForAttachment'),
    ['UHostIds', [], 'a list'],
    ['UHostIds', ['uhost-nowhere', 'uhost-neither'], 'an empty list'],
    ['UHostIds', ['uhost-neither', 'uhost-nowhere'], 'an empty list'],
    ['UHostIds', ['uhost-1', '$'], { refused: `Params [UHostIds.1] not available: ${idRule} (got "$")` }],
    ['UHostIds', ['$', 'uhost-1'], { refused: `Params [UHostIds.0] not available: ${idRule} (got "$")` }],
  ],
  GetProjectList: [
    ['IsFinance', '', 'a list'],
    ['IsFinance', 'Yes', 'a list'],
    ['IsFinance', 'no', 'a list'],
    ['IsFinance', 'nobody', { refused: 'Params [IsFinance] not available: must be Yes or No (got "nobody")' }],
    ['IsFinance', 'casino', { refused: 'Params [IsFinance] not available: must be Yes or No (got "casino")' }],
    ['IsFinance', 'maybe', { refused: 'Params [IsFinance] not available: must be Yes or No (got "maybe")' }],
  ],
};

const cases = Object.entries(filters).flatMap(([action, rows]) =>
  rows.map(([name, value, expected]) => ({ action: action as Action, name, value, expected })),
);

describe('a filter', () => {
  it.each(cases)('$action with $name=$value is $expected for every account', async ({ action, name, value, expected }) => {
    for (const { client } of [owner, recipient, newcomer]) {
      const answer = await client.withShape('nested JSON').call(action, { [name]: value });

      if (typeof expected === 'object') {
        expect(answer).toMatchObject({ RetCode: 230, Message: expected.refused });
      } else {
        expect(answer).toMatchObject({ RetCode: 0, [actions[action]]: expected === 'a list' ? expect.any(Array) : [] });
      }
    }
  });

  it.each(['DescribeImage', 'DescribeSharingImages', 'DescribeUHostInstance'])(
    'of %s does not hide a project that does not exist',
    async (action) => {
      const parameters = { Zone: 'cn-bj2-05', ProjectId: 'org-nowhere' };
      expect(await owner.client.call(action, parameters)).toMatchObject({ RetCode: 292 });
    },
  );
});

describe('ids in both orders', () => {
  it('find the same images and hosts, and only those of the other filters', async () => {
    const idsFor = async (action: Action, parameters: Record<string, unknown>, field: string) => {
      const answer = await owner.client.ok(action, parameters);
      return (answer[actions[action]] as Record<string, unknown>[]).map((entry) => entry[field]).sort();
    };
    const images = [imageId, receivedId];
    for (const ImageIds of [images, images.toReversed(), [...images, ...images]]) {
      expect(await idsFor('DescribeImage', { ImageIds }, 'ImageId')).toEqual(images.toSorted());
      expect(await idsFor('DescribeImage', { ImageIds, Tag: 'shop' }, 'ImageId')).toEqual([imageId]);
      expect(await idsFor('DescribeImage', { ImageIds, ImageType: 'Shared' }, 'ImageId')).toEqual([]);
      expect(await idsFor('DescribeImage', { ImageIds, Zone: 'cn-bj2-03' }, 'ImageId')).toEqual([]);
    }
    const secondHostId = await aHost(owner, { ImageId: imageId });
    const hosts = [hostId, secondHostId];
    for (const UHostIds of [hosts, hosts.toReversed()]) {
      expect(await idsFor('DescribeUHostInstance', { UHostIds }, 'UHostId')).toEqual(hosts.toSorted());
      expect(await idsFor('DescribeUHostInstance', { UHostIds, VPCId: 'uvnet-1' }, 'UHostId')).toEqual([]);
    }
  });

  it('compares tags in NFC', async () => {
    const ImageId = await anImage(owner, { Tag: 'caf\u00e9' });

    expect(await owner.client.ok('DescribeImage', { Tag: 'cafe\u0301' })).toMatchObject({ ImageSet: [{ ImageId }] });
  });
});
