import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { ecsActions } from '../../../lib/sdk/alibaba/actions.ts';
import { noon } from '../../support/builders.ts';
import { anImageOf, freshId, inBatches, share } from '../../support/client.ts';
import { clients, fetchInProcess, host } from '../../support/in-process.ts';
import { type Account, freshAccount } from './accounts.ts';
import { inSeconds, v3Request } from './signing.ts';
import { sent as send } from './wire-request.ts';

const region = 'cn-hangzhou';

let account: Account;
let imageId: string;

beforeAll(async () => {
  const other = await freshAccount(clients);
  account = await freshAccount(clients);
  ({ imageId } = await anImageOf(account.api, region));
  await share(account.api, { region, imageId }, [other.account]);
});

const call = (action: string, parameters: Readonly<Record<string, string>>) =>
  send(
    v3Request({
      key: account.key,
      host,
      action,
      parameters,
      date: inSeconds(noon),
      nonce: freshId(),
    }),
    fetchInProcess,
  );

/** Valid parameters of each action. */
const validParameters = (): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
  ModifyImageSharePermission: {
    RegionId: region,
    ImageId: imageId,
    'AddAccount.1': 'a',
    'RemoveAccount.1': 'b',
    IsPublic: 'false',
  },
  DescribeImageSharePermission: { RegionId: region, ImageId: imageId, PageNumber: '1', PageSize: '10' },
  DescribeImages: {
    RegionId: region,
    ImageId: imageId,
    ImageName: 'web',
    ImageOwnerAlias: 'self',
    ImageOwnerId: '1',
    Status: 'ALL',
    'Tag.1.Key': 'a',
    'Tag.1.Value': 'b',
    'Filter.1.Key': 'CreationStartTime',
    'Filter.1.Value': '2017-12-05T22:40Z',
    PageNumber: '1',
    Usage: 'none',
  },
  CopyImage: {
    RegionId: region,
    ImageId: imageId,
    DestinationRegionId: region,
    DestinationImageName: 'n',
    'Tag.1.Key': 'k',
    ClientToken: 't',
  },
  DeleteImage: { RegionId: region, ImageId: imageId, Force: 'true' },
  CreateImage: { RegionId: region, InstanceId: 'i-00000000000000000000', ImageName: 'n', Description: 'd' },
  ImportImage: {
    RegionId: region,
    ImageName: 'n',
    Platform: 'p',
    'DiskDeviceMapping.1.DiskImageSize': '5',
    Architecture: 'arm64',
  },
  ModifyImageAttribute: { RegionId: region, ImageId: imageId, ImageName: 'web', Description: 'd', Status: 'Available' },
  RunInstances: { RegionId: region, ImageId: imageId, Amount: '1', ClientToken: 't' },
  ReplaceSystemDisk: { InstanceId: 'i-00000000000000000000', ImageId: imageId },
  ReInitDisk: { DiskId: 'd-00000000000000000000' },
  DescribeInstances: { RegionId: region, InstanceIds: '[]', MaxResults: '10', NextToken: '0' },
  DeleteInstance: { InstanceId: 'i-00000000000000000000' },
  DescribeDisks: { RegionId: region, DiskIds: '[]', DiskType: 'all', InstanceId: 'i' },
  DescribeRegions: {},
});

const oddValues = [
  ' ',
  '\u0000\u202e',
  'x'.repeat(3_000),
  '镜像💥',
  '-1',
  '1e9',
  '999999999999999',
  '[1]',
  '{"a":1}',
  '__proto__',
];

describe.each(Object.keys(ecsActions))('%s', (action) => {
  it('responds to unusual parameter values with a success or an error of the cloud, never with an internal error', async () => {
    const parameters = validParameters()[action] ?? {};
    const requests = Object.keys(parameters).flatMap((name) => [
      ...oddValues.map((value) => ({ ...parameters, DryRun: 'true', [name]: value })),
      { ...parameters, DryRun: 'true', [`${name}.1`]: 'x' },
      { ...parameters, DryRun: 'true', [name]: '', [`${name}.1.Key.x`]: 'x' },
      { ...parameters, DryRun: 'true', [name]: '', [`${name}.__proto__`]: 'x' },
      { ...parameters, DryRun: 'true', [name.replace(/\..*/, '')]: 'x' },
    ]);

    await inBatches(requests, async (request) => {
      const { status, fields } = await call(action, request);
      expect({ request, status, code: fields.Code }).not.toMatchObject({ code: 'InternalError' });
      expect({ request, status }).toEqual({ request, status: fields.Code === undefined ? 200 : expect.any(Number) });
      expect(status).toBeLessThan(500);
    });
    const { images } = await account.api.ok(listImages, { region, scope: 'owned' });
    expect(images).toMatchObject([{ imageId, name: 'web' }]);
    expect(await account.api.ok(listImageShares, { region, imageId })).toMatchObject({ used: 1 });
  });
});

describe('an invalid parameter', () => {
  const errorOf = async (action: string, parameters: Readonly<Record<string, string>>) => {
    const { status, fields } = await call(action, { RegionId: region, ...parameters });
    return { status, code: fields.Code, message: fields.Message };
  };

  it.each<[string, Readonly<Record<string, string>>, number, string, string]>([
    ['DescribeImages', { RegionId: '' }, 400, 'MissingParameter', '"RegionId"'],
    ['DescribeImages', { RegionId: 'ap-guangzhou' }, 404, 'InvalidRegionId.NotFound', 'RegionId'],
    ['DescribeImages', { RegionId: 'constructor' }, 404, 'InvalidRegionId.NotFound', 'RegionId'],
    ['DescribeImages', { PageSize: '101' }, 400, 'InvalidParameter', '"PageSize"'],
    ['DescribeImages', { PageNumber: '0' }, 400, 'InvalidParameter', '"PageNumber"'],
    ['DescribeImages', { ImageOwnerAlias: 'mine' }, 400, 'InvalidImageOwnerAlias.ValueNotSupported', '"ImageOwnerAlias"'],
    ['DescribeImages', { Status: 'Available,Gone' }, 400, 'InvalidParameter', '"Status'],
    [
      'DescribeImages',
      { 'Filter.1.Key': 'CreationEndTime', 'Filter.1.Value': 'now' },
      400,
      'InvalidParameter',
      '"Filter.1.Value"',
    ],
    ['DescribeImages', { DryRun: 'perhaps' }, 400, 'InvalidParameter', '"DryRun"'],
    ['ModifyImageSharePermission', {}, 400, 'MissingParameter', '"ImageId"'],
    ['ModifyImageSharePermission', { ImageId: 'm-1', AddAccount: 'a' }, 404, 'InvalidAccount.NotFound', 'AddAccount.n'],
    ['DescribeImageSharePermission', {}, 400, 'MissingParameter', '"ImageId"'],
    ['DeleteImage', { ImageId: '../x' }, 404, 'InvalidImageId.NotFound', 'ImageId'],
    [
      'ImportImage',
      { ImageName: ' ' },
      400,
      'InvalidImageName.Malformed',
      '"ImageName" is not valid: it must contain a visible character',
    ],
    ['ImportImage', { Description: 'x'.repeat(769) }, 400, 'InvalidDescription.Malformed', '"Description"'],
    [
      'ImportImage',
      { 'DiskDeviceMapping.1.DiskImageSize': '2049' },
      400,
      'InvalidParameter',
      '"DiskDeviceMapping.1.DiskImageSize"',
    ],
    ['ImportImage', { 'DiskDeviceMapping.2.DiskImageSize': 'big' }, 400, 'InvalidParameter', 'DiskImageSize"'],
    ['ImportImage', { 'Tag.1.Key': 'a:b' }, 400, 'InvalidTagKey.Malformed', '"Tag.1.Key"'],
    ['ImportImage', { 'Tag.1.Value': 'b' }, 400, 'MissingParameter', '"Tag.1.Key"'],
    ['ImportImage', { 'Tag.1.Key': 'a', 'Tag.1.Value': 'x'.repeat(65) }, 400, 'InvalidTagValue.Malformed', '"Tag.1.Value"'],
    ['ImportImage', { 'Tag.1.Key': 'a', 'Tag.2.Key': 'a' }, 400, 'InvalidTagKey.Malformed', '"Tag.2.Key"'],
    ['ImportImage', { Architecture: 'i386' }, 400, 'InvalidParameter', '"Architecture"'],
    ['CopyImage', { ImageId: 'm-1', ClientToken: 'x'.repeat(65) }, 400, 'InvalidParameter', '"ClientToken"'],
    ['RunInstances', {}, 400, 'MissingParameter', '"ImageId"'],
    ['DescribeInstances', { InstanceIds: 'i-1' }, 400, 'InvalidParameter', '"InstanceIds"'],
    ['DescribeInstances', { NextToken: 'x' }, 400, 'InvalidParameter', '"NextToken"'],
    ['ReplaceSystemDisk', {}, 400, 'MissingParameter', '"InstanceId"'],
    ['ReInitDisk', {}, 400, 'MissingParameter', '"DiskId"'],
    ['DeleteInstance', {}, 400, 'MissingParameter', '"InstanceId"'],
  ])('of %s, %j, is reported as %i %s', async (action, parameters, status, code, message) => {
    expect(await errorOf(action, parameters)).toEqual({ status, code, message: expect.stringContaining(message) });
  });

  it('is ignored if it is unknown, as in the cloud', async () => {
    expect(await call('DescribeImages', { RegionId: region, NoSuch: 'x', 'NoSuch.1': 'y' })).toMatchObject({ status: 200 });
  });
});
