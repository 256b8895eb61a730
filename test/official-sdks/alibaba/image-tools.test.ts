import { type Account, freshAccount } from '../../sdk/alibaba/accounts.ts';
import { clients } from '../../support/api.ts';
import { otherRegion, RegionId } from './ecs-accounts.ts';
import { type Client, type Fields, sdks } from './sdks.ts';

let account: Account;

beforeAll(async () => {
  account = await freshAccount(clients);
});

/** The calls of tools that build images, in the order in which such a tool makes them. */
describe.each(sdks)('a tool that builds images with $sdk', ({ clientOf, exceptionName }) => {
  let client: Client;
  let InstanceId: unknown;
  let ImageId: unknown;
  let copyId: unknown;

  const listOf = (fields: Fields, outer: string, inner: string) => (fields[outer] as Record<string, readonly Fields[]>)[inner];

  beforeAll(async () => {
    client = clientOf(account.key);
  });

  it('finds a zone, and launches an instance', async () => {
    const { ImageId: source, TaskId } = await client.ok('ImportImage', { RegionId, ImageName: 'source', Platform: 'Debian' });
    expect(await client.ok('DescribeTaskAttribute', { RegionId, TaskId })).toMatchObject({ TaskId, TaskStatus: 'Finished' });
    expect(listOf(await client.ok('DescribeTasks', { RegionId, TaskIds: TaskId }), 'TaskSet', 'Task')).toHaveLength(1);
    const zones = listOf(await client.ok('DescribeZones', { RegionId }), 'Zones', 'Zone');
    expect(zones).toMatchObject([{ ZoneId: `${RegionId}-a` }]);

    const launch = { RegionId, ZoneId: zones?.[0]?.['ZoneId'], ImageId: source, InstanceType: 'ecs.g6.large' };
    ({ InstanceId } = await client.ok('CreateInstance', launch));
    await client.ok('StartInstance', { InstanceId });
    const code = 'InvalidInstanceId.NotSupport';
    expect(await client.refused('StopInstance', { InstanceId })).toEqual({ name: exceptionName(code), code, status: 403 });
  });

  it('creates an image, waits until it can be used, and tags it and its snapshots', async () => {
    ({ ImageId } = await client.ok('CreateImage', { RegionId, InstanceId, ImageName: 'built', Architecture: 'x86_64' }));
    const images = async () => listOf(await client.ok('DescribeImages', { RegionId, ImageId, Status: 'ALL' }), 'Images', 'Image');
    expect(await images()).toMatchObject([{ Usable: false, Status: 'Creating', Platform: 'Debian', IsCopied: false }]);

    const [image] = (await images()) ?? [];
    const [disk] = listOf(image ?? {}, 'DiskDeviceMappings', 'DiskDeviceMapping') ?? [];
    const Tag = [{ Key: 'role', Value: 'web' }];
    const resources = { image: ImageId, snapshot: disk?.['SnapshotId'] };
    for (const [ResourceType, ResourceId] of Object.entries(resources)) {
      await client.ok('AddTags', { RegionId, ResourceType, ResourceId, Tag });
    }
    await client.ok('TagResources', {
      RegionId,
      ResourceType: 'image',
      ResourceId: [ImageId],
      Tag: [{ Key: 'stage', Value: 'test' }],
    });
    const tags = await client.ok('ListTagResources', { RegionId, ResourceType: 'image', ResourceId: [ImageId] });
    expect(listOf(tags, 'TagResources', 'TagResource')).toEqual([
      { ResourceType: 'image', ResourceId: ImageId, TagKey: 'role', TagValue: 'web' },
      { ResourceType: 'image', ResourceId: ImageId, TagKey: 'stage', TagValue: 'test' },
    ]);
    await client.ok('RemoveTags', { RegionId, ResourceType: 'image', ResourceId: ImageId, Tag });
    await client.ok('UntagResources', { RegionId, ResourceType: 'image', ResourceId: [ImageId], TagKey: ['stage'] });
    expect(listOf(await client.ok('DescribeTags', { RegionId, ResourceId: ImageId }), 'Tags', 'Tag')).toEqual([]);
  });

  it('cancels a copy, and deletes the image and its snapshots', async () => {
    const { ImageId: source } = await client.ok('ImportImage', { RegionId, ImageName: 'copied' });
    ({ ImageId: copyId } = await client.ok('CopyImage', { RegionId, ImageId: source, DestinationRegionId: otherRegion }));
    await client.ok('CancelCopyImage', { RegionId: otherRegion, ImageId: copyId });

    const SnapshotId = String(source).replace(/^m-/, 's-');
    expect(
      listOf(
        await client.ok('DescribeSnapshots', { RegionId, SnapshotIds: JSON.stringify([SnapshotId]) }),
        'Snapshots',
        'Snapshot',
      ),
    ).toHaveLength(1);
    const code = 'SnapshotCreatedImage';
    expect(await client.refused('DeleteSnapshot', { SnapshotId })).toEqual({ name: exceptionName(code), code, status: 403 });
    await client.ok('DeleteImage', { RegionId, ImageId: source });
    await client.ok('DeleteSnapshot', { SnapshotId });
  });

  it('learns that its secret is wrong', async () => {
    const code = 'SignatureDoesNotMatch';

    expect(await clientOf({ ...account.key, secret: 'wrong' }).refused('DescribeRegions')).toEqual({
      name: exceptionName(code),
      code,
      status: 400,
    });
  });
});
