/** Parameters and actions that ask for something that the service doesn't do. */
import { putProject } from '../../../functions/put-project.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { operator } from '../../support/in-process.ts';
import { aHost, anImage, freshSigners, newImage, otherRegion, region, type Signer } from './members.ts';

let owner: Signer;
let other: Signer;
let imageId: string;
let hostId: string;

beforeAll(async () => {
  [owner, other] = (await freshSigners(2)) as [Signer, Signer];
  imageId = await anImage(owner);
  hostId = await aHost(owner, { ImageId: imageId });
});

const bootDisk = { IsBoot: 'True', Type: 'CLOUD_SSD', Size: 20 };

/** Calls that succeed, by action. */
const calls: Readonly<Record<string, () => Record<string, unknown>>> = {
  ImportCustomImage: () => newImage,
  CreateCustomImage: () => ({ UHostId: hostId, ImageName: 'derived' }),
  CopyCustomImage: () => ({ SourceImageId: imageId, TargetProjectId: owner.project }),
  CreateUHostInstance: () => ({ Zone: 'cn-bj2-02', ImageId: imageId, LoginMode: 'Password', Disks: [bootDisk] }),
  ReinstallUHostInstance: () => ({ UHostId: hostId, ImageId: imageId }),
  ModifyImageShareProject: () => ({ ImageId: imageId, RemoveProjects: [other.project] }),
  DescribeImageShareProjects: () => ({ ImageId: imageId }),
};
const call = (action: string, parameters: Record<string, unknown>) =>
  owner.client.withShape('nested JSON').call(action, { ...calls[action]?.(), ...parameters });

describe('a parameter without an effect', () => {
  it.each([
    ['ImportCustomImage', {}],
    ['ImportCustomImage', { Auth: '1' }],
    ['ImportCustomImage', { OsType: 'Windows', OsName: 'Windows 2019 64位' }],
    ['CreateCustomImage', { DataUDiskIds: [] }],
    ['CopyCustomImage', { TargetRegion: otherRegion, TargetRegionList: [region, otherRegion] }],
    ['ReinstallUHostInstance', { Password: 'VUNsb3VkLmNu', LoginMode: 'Password', ReserveDisk: 'No', BootDiskSpace: 20 }],
    ['ReinstallUHostInstance', { ImageId: undefined, BootDiskSpace: '20', AutoDataDiskInit: 'On', HostName: 'a' }],
    ['CreateUHostInstance', { Disks: undefined }],
    ['CreateUHostInstance', { Disks: [{ ...bootDisk, IsBoot: true, BackupType: 'NONE', Encrypted: false, KmsKeyId: '' }] }],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, IsBoot: 'true', Size: '20' }], Tag: 'Default', DeletionProtection: 'false' },
    ],
    [
      'CreateUHostInstance',
      {
        ...{
          Name: 'web',
          Password: 'VUNsb3VkLmNu',
          KeyPairId: 'key-1',
          ChargeType: 'Dynamic',
          Quantity: 1,
          CPU: 2,
          Memory: 4096,
        },
        ...{ MachineType: 'O', MinimalCpuPlatform: 'Intel/Auto', NetCapability: 'Normal', HotplugFeature: false, MinCount: 1 },
        ...{
          SecurityGroupId: 'firewall-1',
          VPCId: 'uvnet-1',
          SubnetId: 'subnet-1',
          IsolationGroup: '',
          UserData: '',
          Labels: [],
        },
        NetworkInterface: [{ EIP: { Bandwidth: 2, PayMode: 'Traffic', OperatorName: 'Bgp' } }],
      },
    ],
  ])('is accepted by %s: %j', async (action, parameters) => {
    expect(await call(action, parameters)).toMatchObject({ RetCode: 0 });
  });
});

describe('a parameter that asks for something that is not done', () => {
  it.each([
    ['CreateCustomImage', { DataUDiskIds: ['bsm-1'] }, 'DataUDiskIds', 'there are no snapshots of data disks'],
    ['CreateUHostInstance', { UserData: 'IyEvYmluL3No' }, 'UserData', 'the image does not have the feature CloudInit'],
    ['CreateUHostInstance', { UserDataScript: 'a' }, 'UserDataScript', 'the image does not have the feature CloudInit'],
    ['CreateUHostInstance', { Tag: 'shop' }, 'Tag', 'must be "Default": hosts have no other tag (got "shop")'],
    ['CreateUHostInstance', { IsolationGroup: 'ig-1' }, 'IsolationGroup', 'there are no isolation groups (got "ig-1")'],
    ['CreateUHostInstance', { Labels: [{ Key: 'a', Value: 'b' }] }, 'Labels', 'hosts have no tags'],
    [
      'CreateUHostInstance',
      { DeletionProtection: true },
      'DeletionProtection',
      'hosts are never protected from deletion (got true)',
    ],
    ['CreateUHostInstance', { UDSetId: 'uds-1' }, 'UDSetId', 'there are no private zones (got "uds-1")'],
    ['CreateUHostInstance', { UDHostId: 'udh-1' }, 'UDHostId', 'there are no private zones (got "udh-1")'],
    ['CreateUHostInstance', { HostBinding: 'True' }, 'HostBinding', 'there are no private zones (got "True")'],
    ['CreateUHostInstance', { DiskSpace: 10 }, 'DiskSpace', 'use Disks (got 10)'],
    ['CreateUHostInstance', { BootDiskSpace: 10 }, 'BootDiskSpace', 'use Disks (got 10)'],
    ['CreateUHostInstance', { LoginMode: 'SSH' }, 'LoginMode', 'must be one of "Password", "KeyPair", "ImagePasswd" (got "SSH")'],
    ['CreateUHostInstance', { MinCount: 3, MaxCount: 2 }, 'MinCount', 'must be at most MaxCount (got 3)'],
    ['CreateUHostInstance', { MaxCount: 51 }, 'MaxCount', 'must be at most 50 (got 51)'],
    ['CreateUHostInstance', { Disks: [bootDisk, bootDisk] }, 'Disks', 'must contain exactly one disk with IsBoot=True'],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, IsBoot: 'maybe' }] },
      'Disks.0.IsBoot',
      'must be true or false (got "maybe")',
    ],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, Type: 'CLOUD_RSSD' }] },
      'Disks.0.Type',
      'must be "CLOUD_SSD" (got "CLOUD_RSSD")',
    ],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, BackupType: 'SNAPSHOT' }] },
      'Disks.0.BackupType',
      'must be "NONE": there are no backups (got "SNAPSHOT")',
    ],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, Encrypted: true }] },
      'Disks.0.Encrypted',
      'disks are encrypted only if their image is (got true)',
    ],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, KmsKeyId: 'k' }] },
      'Disks.0.KmsKeyId',
      'disks are encrypted only if their image is (got "k")',
    ],
    [
      'CreateUHostInstance',
      { Disks: [{ ...bootDisk, SnapshotId: 's' }] },
      'Disks.0.SnapshotId',
      'there are no snapshots of data disks (got "s")',
    ],
    [
      'CreateUHostInstance',
      { Disks: [bootDisk, { ...bootDisk, IsBoot: 'False' }] },
      'Disks.1',
      'must not be there: the image has 0 data disks',
    ],
    ['ReinstallUHostInstance', { UserData: 'IyEvYmluL3No' }, 'UserData', 'the image does not have the feature CloudInit'],
    ['ReinstallUHostInstance', { ReserveDisk: 'maybe' }, 'ReserveDisk', 'must be one of "Yes", "No" (got "maybe")'],
    [
      'CopyCustomImage',
      { TargetRegion: region, TargetRegionList: [otherRegion] },
      'TargetRegion',
      `must be in TargetRegionList, if there is one (got "${region}")`,
    ],
    ['CopyCustomImage', { TargetRegion: 'mars' }, 'TargetRegion', 'must be a UCloud region of this deployment (got "mars")'],
    [
      'ModifyImageShareProject',
      { AddProjects: ['org-1', 'org-2'], RemoveProjects: ['org-2', 'org-3'] },
      'RemoveProjects',
      'must not contain a project of AddProjects',
    ],
    ['ImportCustomImage', { Auth: 'False' }, 'Auth', 'must be true (got "False")'],
    ['ImportCustomImage', { Auth: 'maybe' }, 'Auth', 'must be true (got "maybe")'],
    ['ImportCustomImage', { Format: 'qcow' }, 'Format', 'must be RAW, VHD, VMDK or qcow2 (got "qcow")'],
    ['ImportCustomImage', { Format: 'vhdx' }, 'Format', 'must be RAW, VHD, VMDK or qcow2 (got "vhdx")'],
    ['ImportCustomImage', { Format: 'a.vhd' }, 'Format', 'must be RAW, VHD, VMDK or qcow2 (got "a.vhd")'],
    ['ImportCustomImage', { OsType: 'Windows' }, 'OsName', 'must contain "Windows" if OsType does (got "CentOS 7.9 64位")'],
  ])('is refused by %s: %j', async (action, parameters, name, reason) => {
    expect(await call(action, parameters)).toMatchObject({ RetCode: 230, Message: `Params [${name}] not available: ${reason}` });
  });

  it.each([
    ['smaller', 19, 8315, 'The system disk of 19 GB is smaller than the image, which has 20 GB'],
    ['larger', 21, 8316, 'The system disk must have the size of the image, 20 GB (got 21)'],
  ])('is refused if it is a system disk that is %s than the image', async (_, Size, RetCode, Message) => {
    const refusal = { RetCode, Message };
    expect(await call('CreateUHostInstance', { Disks: [{ ...bootDisk, Size }] })).toMatchObject(refusal);
    expect(await call('ReinstallUHostInstance', { BootDiskSpace: Size })).toMatchObject(refusal);
    expect(await call('ReinstallUHostInstance', { ImageId: undefined, BootDiskSpace: Size })).toMatchObject(refusal);
  });

  it('is accepted if they are the data disks of the image, in their order', async () => {
    const { imageId: ImageId } = await anImageOf(owner.member, region, { disks: [{ sizeGiB: 40 }, { sizeGiB: 50 }] });
    const [systemGiB] = (await owner.client.ok('DescribeImage', { ImageId }))['ImageSet'] as [{ ImageSize: number }];
    const launchWith = (first: number, second: number) => {
      const [one, other] = [first, second].map((Size) => ({ IsBoot: 'False', Type: 'CLOUD_SSD', Size }));
      return call('CreateUHostInstance', { ImageId, Disks: [one, { ...bootDisk, Size: systemGiB.ImageSize }, other] });
    };

    expect(await launchWith(40, 50)).toMatchObject({ RetCode: 0 });
    expect(await launchWith(41, 50)).toMatchObject({
      RetCode: 230,
      Message: 'Params [Disks.0.Size] not available: must be 40, as in the image (got 41)',
    });
    expect(await launchWith(40, 40)).toMatchObject({
      RetCode: 230,
      Message: 'Params [Disks.2.Size] not available: must be 50, as in the image (got 40)',
    });
  });

  it('is refused if it names no project at all', async () => {
    expect(await call('ModifyImageShareProject', { RemoveProjects: [] })).toMatchObject({
      RetCode: 220,
      Message: 'Missing params [AddProjects]',
    });
  });

  it.each(['AddProjects', 'RemoveProjects'])('is refused if it is an id in %s that no project can have', async (list) => {
    expect(await call('ModifyImageShareProject', { [list]: ['org 1'] })).toMatchObject({
      RetCode: 292,
      Message: 'Project not exists: org 1',
    });
  });

  it('does not tell whether the image of another project exists', async () => {
    const ImageId = await anImage(other);
    for (const Size of [19, 20]) {
      const refusal = await call('CreateUHostInstance', { ImageId, Disks: [{ ...bootDisk, Size }] });
      expect(refusal).toMatchObject({ RetCode: 8956 });
    }
  });

  it('changes nothing', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const ImageId = await anImage(member);
    await member.client.call('CreateUHostInstance', { ...calls['CreateUHostInstance']?.(), ImageId, UserData: 'a' });

    expect(await member.client.ok('DescribeUHostInstance')).toMatchObject({ TotalCount: 0 });
  });
});

describe.each([
  ...Object.keys(calls),
  'TerminateCustomImage',
  'TerminateUHostInstance',
  'SaveSharedImage',
  'DescribeImage',
  'DescribeSharingImages',
  'DescribeUHostInstance',
])('%s', (action) => {
  const ids = () => ({ ImageId: imageId, UHostId: hostId });

  it('refuses DryRun, which UCloud does not have, and does nothing', async () => {
    for (const DryRun of [true, 'True']) {
      expect(await call(action, { ...ids(), ...calls[action]?.(), DryRun })).toMatchObject({
        RetCode: 230,
        Message: expect.stringMatching(/^Params \[DryRun\] not available: there are no dry runs, so the call would take effect/),
      });
    }
    expect(await owner.client.ok('DescribeImage', { ImageId: imageId })).toMatchObject({ TotalCount: 1 });
    expect(await owner.client.ok('DescribeUHostInstance', { UHostIds: [hostId] })).toMatchObject({ TotalCount: 1 });
  });

  it('refuses a zone of another region', async () => {
    expect(await call(action, { ...ids(), ...calls[action]?.(), Zone: 'cn-sh2-02' })).toMatchObject({
      RetCode: 230,
      Message: 'Params [Zone] not available: must be cn-bj2-02, the zone of cn-bj2 in this deployment (got "cn-sh2-02")',
    });
  });
});

describe('an action that the service does not have', () => {
  it.each([
    ['StopUHostInstance', 'hosts are recorded, not run'],
    ['PoweroffUHostInstance', 'hosts are recorded, not run'],
    ['DescribeFirewall', 'there are no networks'],
    ['DescribeVPC', 'there are no networks'],
    ['DescribeUHostKeyPairs', 'there are no key pairs'],
    ['DescribeIsolationGroup', 'there are no isolation groups'],
    ['DescribeBucket', 'there is no object storage'],
  ])('is refused with a reason: %s', async (action, reason) => {
    expect(await owner.client.call(action, { UHostId: hostId })).toEqual({
      RetCode: 161,
      Action: `${action}Response`,
      Message: `Action [${action}] not found: ${reason}`,
    });
  });
});

describe('CopyCustomImage', () => {
  it('makes a copy that the target project finds at once in the target region', async () => {
    const target = freshId('org-');
    await operator().ok(putProject, { accountId: owner.member.account, projectId: target, name: 'target' });
    const { TargetImageId } = await owner.client.ok('CopyCustomImage', {
      SourceImageId: imageId,
      TargetProjectId: target,
      TargetRegion: otherRegion,
    });

    const inTarget = owner.client.with({ Region: otherRegion, ProjectId: target });
    for (const parameters of [
      { ImageId: TargetImageId, Limit: 50, Zone: '' },
      { ImageIds: [TargetImageId] },
      { ImageType: 'Custom' },
    ]) {
      expect(await inTarget.ok('DescribeImage', parameters)).toMatchObject({
        TotalCount: 1,
        ImageSet: [{ ImageId: TargetImageId, State: 'Copying', Zone: `${otherRegion}-02` }],
      });
    }
  });
});
