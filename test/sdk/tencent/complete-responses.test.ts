/** Every field of what lists return, because clients in typed languages dereference them all. */
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { runInstance } from '../../../functions/run-instance.ts';
import { anImageOf } from '../../support/client.ts';
import { operator } from '../../support/in-process.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

/** The clock of the service. */
const CreatedTime = '2026-11-22T12:00:00Z';

let caller: Caller;
let ImageId: string;
let suffix: string;
beforeAll(async () => {
  caller = await freshCaller();
  const details = { name: 'web', description: 'of the shop', os: 'Debian 12', architecture: 'arm64' };
  const disks = { sizeGiB: 50, disks: [{ sizeGiB: 20 }] };
  ({ imageId: ImageId } = await anImageOf(caller, region, { ...details, ...disks, tags: { tier: 'web' } }));
  suffix = ImageId.replace('img-', '');
});

const only = (list: unknown): unknown => {
  expect(list).toHaveLength(1);
  return (list as readonly unknown[])[0];
};

it('DescribeImages returns an image', async () => {
  const { ImageSet } = await caller.call('DescribeImages', { ImageIds: [ImageId] });
  expect(only(ImageSet)).toEqual({
    ImageId,
    OsName: 'Debian 12',
    ImageType: 'PRIVATE_IMAGE',
    CreatedTime,
    ImageName: 'web',
    ImageDescription: 'of the shop',
    ImageSize: 70,
    Architecture: 'arm',
    ImageState: 'NORMAL',
    Platform: 'Debian',
    ImageCreator: caller.account,
    ImageSource: 'CREATE_IMAGE',
    SyncPercent: 100,
    IsSupportCloudinit: true,
    SnapshotSet: [
      { SnapshotId: `snap-${suffix}`, DiskUsage: 'SYSTEM_DISK', DiskSize: 50 },
      { SnapshotId: `snap-${suffix}1`, DiskUsage: 'DATA_DISK', DiskSize: 20 },
    ],
    Tags: [{ Key: 'tier', Value: 'web' }],
    LicenseType: 'TencentCloud',
    ImageFamily: '',
    ImageDeprecated: false,
    CdcCacheStatus: '',
  });
});

it('DescribeImages returns a public image', async () => {
  await operator().ok(putPublicImage, { region, imageId: 'debian-12', name: 'Debian', sizeGiB: 20, os: 'Debian 12' });
  const { ImageSet } = await caller.call('DescribeImages', { Filters: [{ Name: 'image-type', Values: ['PUBLIC_IMAGE'] }] });
  expect(only(ImageSet)).toMatchObject({ ImageName: 'Debian', ImageType: 'PUBLIC_IMAGE', ImageSource: 'OFFICIAL' });
});

it('DescribeSnapshots returns the snapshot of a disk', async () => {
  const { SnapshotSet } = await caller.call('DescribeSnapshots', { SnapshotIds: [`snap-${suffix}1`] });
  expect(only(SnapshotSet)).toEqual({
    SnapshotId: `snap-${suffix}1`,
    SnapshotName: 'web',
    SnapshotState: 'NORMAL',
    Percent: 100,
    SnapshotType: 'PRIVATE_SNAPSHOT',
    SnapshotMode: 'STANDARD_SNAPSHOT',
    Placement: { Zone: 'ap-guangzhou-1', ProjectId: 0, ProjectName: null, DedicatedClusterId: '' },
    DiskId: '',
    DiskUsage: 'DATA_DISK',
    DiskSize: 20,
    Encrypt: false,
    Images: [{ ImageId, ImageName: 'web' }],
    ImageCount: 1,
    ShareReference: 0,
    CreateTime: CreatedTime,
    LatestModifyTime: CreatedTime,
    TimeStartShare: '',
    DeadlineTime: '',
    IsPermanent: true,
    IsLocked: false,
    CopyFromRemote: false,
    CopyingToRegions: [],
    Tags: [],
  });
});

it('DescribeInstances returns an instance', async () => {
  const { instanceId } = await caller.ok(runInstance, { region, imageId: ImageId });
  const { InstanceSet } = await caller.call('DescribeInstances', { InstanceIds: [instanceId] });
  const diskId = instanceId.replace('ins-', 'disk-');
  expect(only(InstanceSet)).toMatchObject({
    InstanceId: instanceId,
    ImageId,
    OsName: 'Debian 12',
    CreatedTime,
    Placement: { Zone: 'ap-guangzhou-1', ProjectId: 0, HostId: '', RackId: '' },
    SystemDisk: { DiskId: diskId, DiskType: 'CLOUD_PREMIUM', DiskSize: 50, DiskName: '' },
    DataDisks: [
      {
        DiskId: `${diskId}1`,
        DiskType: 'CLOUD_PREMIUM',
        DiskSize: 20,
        DiskName: '',
        SnapshotId: '',
        DeleteWithInstance: true,
        BurstPerformance: false,
      },
    ],
  });
});

it('DescribeImagesToShare returns an image', async () => {
  const { ImageSet } = await caller.call('DescribeImagesToShare', { ImageIds: [ImageId] }, { product: 'lighthouse' });
  expect(only(ImageSet)).toEqual({
    ImageId,
    ImageName: 'web',
    ImageDescription: 'of the shop',
    ImageSize: 70,
    ImageSource: 'CREATE_IMAGE',
    ImageClass: 'InstanceImage',
    ImageState: 'NORMAL',
    IsSupportCloudinit: true,
    Architecture: 'arm',
    OsName: 'Debian 12',
    Platform: 'Debian',
    CreatedTime,
    IsShareable: true,
    UnshareableReason: '',
  });
});

it('DescribeBlueprints returns a blueprint', async () => {
  const details = { name: 'blog', description: 'a blog', os: 'Windows Server 2022', tags: { tier: 'web' } };
  const { imageId } = await anImageOf(caller, region, { product: 'lightweight', ...details });
  const BlueprintId = imageId.replace('img-', 'lhbp-');
  const { BlueprintSet } = await caller.call('DescribeBlueprints', { BlueprintIds: [BlueprintId] }, { product: 'lighthouse' });
  expect(only(BlueprintSet)).toEqual({
    BlueprintId,
    DisplayTitle: 'blog',
    DisplayVersion: '',
    Description: 'a blog',
    OsName: 'Windows Server 2022',
    Platform: 'Windows',
    PlatformType: 'WINDOWS',
    BlueprintType: 'PRIVATE',
    ImageUrl: '',
    RequiredSystemDiskSize: 20,
    BlueprintState: 'NORMAL',
    CreatedTime,
    BlueprintName: 'blog',
    SupportAutomationTools: false,
    RequiredMemorySize: 0,
    ImageId: '',
    CommunityUrl: '',
    GuideUrl: '',
    SceneIdSet: [],
    DockerVersion: null,
    BlueprintShared: false,
    Tags: [{ Key: 'tier', Value: 'web' }],
  });
});
