import { getImage } from '../../../functions/get-image.ts';
import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { listInstances } from '../../../functions/list-instances.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { type EcsAccount, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let other: EcsAccount;
let ImageId: string;
let InstanceId: unknown;

beforeAll(async () => {
  [owner, other] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
  ImageId = (await anImageOf(owner.api, region)).imageId;
  ({ InstanceId } = await owner.ok('CreateInstance', { ImageId, InstanceType: 'ecs.g6.large' }));
});

/** Everything that the calls of this file could change. */
const state = async () => [
  (await owner.api.ok(listImages, { region })).images,
  (await owner.api.ok(listInstances, { region })).instances,
  (await owner.api.ok(listImageShares, { region, imageId: ImageId })).shares,
];

/** Parameters with which each action succeeds. */
const valid: Readonly<Record<string, () => Parameters>> = {
  ModifyImageSharePermission: () => ({ ImageId, AddAccount: [other.account] }),
  CopyImage: () => ({ ImageId }),
  ImportImage: () => ({}),
  CreateImage: () => ({ InstanceId }),
  ModifyImageAttribute: () => ({ ImageId, Description: 'new' }),
  RunInstances: () => ({ ImageId }),
  CreateInstance: () => ({ ImageId, InstanceType: 'ecs.g6.large' }),
  ReplaceSystemDisk: () => ({ InstanceId, ImageId }),
  DeleteImage: () => ({ ImageId }),
  TagResources: () => ({ ResourceType: 'image', ResourceId: [ImageId], Tag: [{ Key: 'a' }] }),
  UntagResources: () => ({ ResourceType: 'image', ResourceId: [ImageId], All: true }),
  AddTags: () => ({ ResourceType: 'image', ResourceId: ImageId, Tag: [{ Key: 'a' }] }),
  RemoveTags: () => ({ ResourceType: 'image', ResourceId: ImageId, Tag: [{ Key: 'a' }] }),
  CancelCopyImage: () => ({ ImageId }),
  DeleteSnapshot: () => ({ SnapshotId: 's-missing' }),
};

const invalid = '400 InvalidParameter';
const noGroup = '404 InvalidResourceGroup.NotFound';
const noKey = '404 InvalidParameter.KMSKeyId.NotFound';
const rows: readonly (readonly [action: string, name: string, value: string, outcome: string])[] = [
  ['ModifyImageSharePermission', 'IsPublic', 'true', invalid],
  ['ModifyImageSharePermission', 'LaunchPermission', 'PUBLIC', invalid],
  ['ModifyImageSharePermission', 'LaunchPermission', 'HIDDEN', invalid],
  ['ModifyImageSharePermission', 'LaunchPermission', 'nonsense', invalid],
  ['ModifyImageSharePermission', 'AddGroup.1', 'all', '400 InvalidGroup.Malformed'],
  ['ModifyImageSharePermission', 'RemoveGroup.1', 'all', '400 InvalidGroup.Malformed'],
  ['CopyImage', 'Encrypted', 'true', invalid],
  ['CopyImage', 'KMSKeyId', 'key-1', noKey],
  ['CopyImage', 'EncryptAlgorithm', 'aes', invalid],
  ['CopyImage', 'ResourceGroupId', 'rg-1', noGroup],
  ['CopyImage', 'DestinationRegionId', 'cn-nowhere', '400 DestinationRegion.NotFound'],
  ['ImportImage', 'ResourceGroupId', 'rg-1', noGroup],
  ['ImportImage', 'DetectionStrategy', 'Standard', invalid],
  ['ImportImage', 'Features.NvmeSupport', 'supported', invalid],
  ['ImportImage', 'Features.ImdsSupport', 'v2', invalid],
  ['ImportImage', 'BootMode', 'UEFI', invalid],
  ['ImportImage', 'BootMode', 'Coreboot', invalid],
  ['ImportImage', 'Platform', 'BeOS', '400 InvalidPlatform.Malformed'],
  ['ImportImage', 'OSType', 'beos', '400 InvalidOSType.Malformed'],
  ['ImportImage', 'Architecture', 'i386', '400 InvalidArchitecture.Malformed'],
  ['CreateImage', 'ImageFamily', 'daily', invalid],
  ['CreateImage', 'ImageVersion', '1', '400 InvalidImageVersion.Malformed'],
  ['CreateImage', 'BootMode', 'UEFI', invalid],
  ['CreateImage', 'Platform', 'Ubuntu', '400 InvalidPlatform.Malformed'],
  ['CreateImage', 'Architecture', 'arm64', '400 InvalidArchitecture.Malformed'],
  ['CreateImage', 'ResourceGroupId', 'rg-1', noGroup],
  ['CreateImage', 'DetectionStrategy', 'Standard', invalid],
  ['CreateImage', 'Features.ImdsSupport', 'v2', invalid],
  ['CreateImage', 'SecureBootOptions.SecureBootSupport', 'supported', invalid],
  ['ModifyImageAttribute', 'ImageFamily', 'daily', invalid],
  ['ModifyImageAttribute', 'BootMode', 'UEFI', invalid],
  ['ModifyImageAttribute', 'Features.NvmeSupport', 'supported', invalid],
  ['ModifyImageAttribute', 'Status', 'Gone', invalid],
  ['ReplaceSystemDisk', 'DiskId', 'd-1', '404 InvalidDiskId.NotFound'],
  ['ReplaceSystemDisk', 'Encrypted', 'true', invalid],
  ['ReplaceSystemDisk', 'KMSKeyId', 'key-1', noKey],
  ['ReplaceSystemDisk', 'EncryptAlgorithm', 'aes', invalid],
  ...['RunInstances', 'CreateInstance'].flatMap((action) => [
    [action, 'ImageFamily', 'daily', invalid] as const,
    [action, 'ResourceGroupId', 'rg-1', noGroup] as const,
    [action, 'DeletionProtection', 'true', invalid] as const,
    [action, 'DataDisk.1.SnapshotId', 's-1', '404 InvalidSnapshotId.NotFound'] as const,
    [action, 'DataDisk.1.Encrypted', 'true', invalid] as const,
    [action, 'DataDisk.1.KMSKeyId', 'key-1', invalid] as const,
    [action, 'SystemDisk.Encrypted', 'true', invalid] as const,
    [action, 'SystemDisk.KMSKeyId', 'key-1', invalid] as const,
  ]),
  ...['TagResources', 'UntagResources', 'AddTags', 'RemoveTags', 'CancelCopyImage', 'DeleteSnapshot'].map(
    (action) => [action, 'DryRun', 'true', invalid] as const,
  ),
  ['RunInstances', 'LaunchTemplateId', 'lt-1', invalid],
  ['RunInstances', 'LaunchTemplateName', 'web', invalid],
  ['RunInstances', 'LaunchTemplateVersion', '1', invalid],
  ['RunInstances', 'AutoReleaseTime', '2037-01-01T00:00:00Z', '400 InvalidAutoReleaseTime.Malformed'],
  ['RunInstances', 'MinAmount', '2', '400 InvalidMinAmount.Malformed'],
];

describe('a parameter for something that the service does not do', () => {
  it.each(rows)('of %s, %s=%s, is refused with its name and value: %s', async (action, name, value, outcome) => {
    const before = await state();
    const { status, code, message } = await owner.refused(action, { ...valid[action]?.(), [name]: value });

    expect(`${status} ${code}`).toBe(outcome);
    expect(message).toContain(name.replace(/Group\.1$/, 'Group'));
    expect(message).toContain(value);
    expect(await state()).toEqual(before);
  });

  it.each(['RunInstances', 'CreateInstance'])('of %s, Tag, is refused: instances have no tags', async (action) => {
    const before = await state();

    expect(await owner.refused(action, { ...valid[action]?.(), Tag: [{ Key: 'role', Value: 'web' }] })).toMatchObject({
      status: 403,
      code: 'InvalidResourceId.NotSupported',
      message: expect.stringContaining('"Tag"'),
    });
    expect(await state()).toEqual(before);
  });

  it('of CreateImage, a snapshot, is refused: a snapshot belongs to its image', async () => {
    const own = `s-${ImageId.slice(2)}`;
    const refused = (parameters: Parameters) => owner.refused('CreateImage', parameters);

    expect(await refused({ SnapshotId: own })).toMatchObject({ status: 403, code: 'OperationDenied' });
    expect(await refused({ SnapshotId: 's-missing' })).toMatchObject({ status: 404, code: 'InvalidSnapshotId.NotFound' });
    expect(await refused({ DiskDeviceMapping: [{ SnapshotId: own }, { SnapshotId: 's-missing' }] })).toMatchObject({
      code: 'InvalidSnapshotId.NotFound',
    });
    expect(await refused({ DiskDeviceMapping: [{ Size: 20 }] })).toMatchObject({ code: 'MissingParameter' });
    // Each snapshot is looked up.
    expect(await refused({ DiskDeviceMapping: Array(18).fill({ SnapshotId: own }) })).toMatchObject({
      code: 'InvalidParameter',
      message: expect.stringContaining('"DiskDeviceMapping" is not valid: it must be at most 17 disks'),
    });
  });
});

describe('a parameter that asks for what is the case anyway', () => {
  it.each<[string, Parameters]>([
    ['ModifyImageSharePermission', { IsPublic: 'False' }],
    ['CopyImage', { Encrypted: false }],
    ['ReplaceSystemDisk', { Encrypted: 'false' }],
    [
      'ImportImage',
      { BootMode: 'BIOS', Features: { NvmeSupport: 'unsupported', ImdsSupport: 'v1' }, LicenseType: 'Auto', RoleName: 'r' },
    ],
    ['ImportImage', { Architecture: 'arm64', BootMode: 'UEFI', Platform: 'Windows Server 2022', OSType: 'windows' }],
    ['CreateImage', { Architecture: 'x86_64', Platform: 'Debian', BootMode: 'BIOS' }],
    ['CreateImage', { SecureBootOptions: { SecureBootSupport: 'unsupported' } }],
    [
      'RunInstances',
      {
        MinAmount: 1,
        DeletionProtection: false,
        SystemDisk: { Size: '0', SnapshotId: 's-1', Encrypted: 'false' },
        InstanceName: 'web',
      },
    ],
  ])('is accepted: %s with %j', async (action, parameters) => {
    const image = await anImageOf(owner.api, region, { os: 'Debian 12' });
    const { InstanceId: instanceId } = await owner.ok('CreateInstance', { ImageId: image.imageId, InstanceType: 'x' });
    const own = action === 'CreateImage' ? { InstanceId: instanceId } : { ...valid[action]?.(), ImageId: image.imageId };

    await owner.ok(action, { ...own, ...parameters });
  });

  it('is refused for an image with another encryption', async () => {
    const { imageId } = await anImageOf(owner.api, region, { encryption: 'customer' });

    expect(await owner.refused('CopyImage', { ImageId: imageId, Encrypted: false })).toMatchObject({ code: 'InvalidParameter' });
    await owner.ok('CopyImage', { ImageId: imageId, Encrypted: true });
  });

  it('does not prevent the repetition of a call whose image or instance was deleted since', async () => {
    const { imageId } = await anImageOf(owner.api, region);
    const { InstanceId: instanceId } = await owner.ok('CreateInstance', { ImageId: imageId, InstanceType: 'x' });
    const copy = { ImageId: imageId, Encrypted: false, ClientToken: freshId() };
    const create = { InstanceId: instanceId, Architecture: 'x86_64', ClientToken: freshId() };
    const first = [await owner.ok('CopyImage', copy), await owner.ok('CreateImage', create)];
    await owner.ok('DeleteInstance', { InstanceId: instanceId });
    await owner.ok('DeleteImage', { ImageId: imageId });

    expect(await owner.ok('CopyImage', copy)).toMatchObject({ ImageId: first[0]?.['ImageId'] });
    expect(await owner.ok('CreateImage', create)).toMatchObject({ ImageId: first[1]?.['ImageId'] });
  });

  it('of OSType must agree with Platform', async () => {
    expect(await owner.refused('ImportImage', { Platform: 'Debian', OSType: 'windows' })).toMatchObject({
      status: 400,
      code: 'InvalidOSType.Malformed',
      message: 'The specified parameter "OSType" is not valid: it must be linux for Debian. Value: "windows".',
    });
    const { ImageId: imageId } = await owner.ok('ImportImage', { OSType: 'windows' });
    expect(await owner.api.ok(getImage, { region, imageId })).toMatchObject({ os: 'Other Windows' });
  });
});

describe('a call for another account', () => {
  it.each([
    ['OwnerId', '400 InvalidOwnerId'],
    ['OwnerAccount', '400 InvalidOwnerAccount'],
    ['ResourceOwnerId', '400 InvalidParameter'],
    ['ResourceOwnerAccount', '403 InvalidParameter.ResourceOwnerAccount'],
  ])('with %s is refused, and one for the own account is not', async (name, outcome) => {
    const before = await state();
    const { status, code, message } = await owner.refused('DeleteImage', { ImageId, [name]: other.account });

    expect(`${status} ${code}`).toBe(outcome);
    expect(message).toContain(`${name}: "${other.account}"`);
    expect(await state()).toEqual(before);
    await owner.ok('DescribeImages', { [name]: owner.account });
    await owner.ok('DescribeImages', { [name]: '' });
  });
});
