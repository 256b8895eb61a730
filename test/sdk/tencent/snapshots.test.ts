import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { noon, secondsFromNoon } from '../../support/builders.ts';
import { anImageOf, type Fields, share } from '../../support/client.ts';
import { clock, compute, operator } from '../../support/in-process.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

interface Snapshot {
  readonly SnapshotId: string;
  readonly DiskUsage: string;
  readonly DiskSize: number;
}

/** The snapshots in an image of DescribeImages. */
async function snapshotsOf(caller: Caller, imageId: string): Promise<readonly Snapshot[]> {
  const { ImageSet } = await caller.call('DescribeImages', { ImageIds: [imageId] });
  return (ImageSet as { SnapshotSet: Snapshot[] }[])[0]?.SnapshotSet ?? [];
}
const describeSnapshots = async (caller: Caller, parameters: object) =>
  (await caller.call('DescribeSnapshots', parameters)) as unknown as { TotalCount: number; SnapshotSet: Snapshot[] };

/** Asks as Terraform's data source tencentcloud_images does: for the snapshots of each image by ID. */
const askedById = async (caller: Caller, snapshots: readonly Snapshot[]) =>
  (await describeSnapshots(caller, { SnapshotIds: snapshots.map(({ SnapshotId }) => SnapshotId), Limit: 100 })).SnapshotSet;

describe('the snapshots of an image', () => {
  it('have IDs that never change, one for each disk', async () => {
    const { imageId } = await anImageOf(owner, region, { sizeGiB: 50, disks: [{ sizeGiB: 20 }, { sizeGiB: 30 }] });
    const snapshots = await snapshotsOf(owner, imageId);
    const suffix = imageId.replace('img-', '');
    expect(snapshots).toEqual([
      { SnapshotId: `snap-${suffix}`, DiskUsage: 'SYSTEM_DISK', DiskSize: 50 },
      { SnapshotId: `snap-${suffix}1`, DiskUsage: 'DATA_DISK', DiskSize: 20 },
      { SnapshotId: `snap-${suffix}2`, DiskUsage: 'DATA_DISK', DiskSize: 30 },
    ]);
    await owner.call('ModifyImageAttribute', { ImageId: imageId, ImageName: 'renamed' });
    expect(await snapshotsOf(owner, imageId)).toEqual(snapshots);
  });

  it('are never empty, because Terraform takes an image without snapshots for absent', async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    expect(await snapshotsOf(owner, imageId)).toHaveLength(1);
  });
});

describe('DescribeSnapshots', () => {
  const publicImage = (image: Fields) => operator().ok(putPublicImage, { region, sizeGiB: 20, os: 'Debian 12', ...image });

  it('returns the snapshots of own, shared, and public images by ID', async () => {
    const own = await anImageOf(recipient, region, { name: 'own' });
    const shared = await anImageOf(owner, region, { name: 'shared' });
    await share(owner, shared, [recipient.account]);
    await publicImage({ imageId: 'debian-12', name: 'Debian' });
    for (const [imageId, name, SnapshotType] of [
      [own.imageId, 'own', 'PRIVATE_SNAPSHOT'],
      [shared.imageId, 'shared', 'SHARED_SNAPSHOT'],
    ] as const) {
      const snapshots = await snapshotsOf(recipient, imageId);
      expect(await askedById(recipient, snapshots)).toMatchObject(
        snapshots.map((snapshot) => ({ ...snapshot, SnapshotName: name, SnapshotType, Images: [{ ImageId: imageId }] })),
      );
    }
    const { ImageSet } = await recipient.call('DescribeImages', {
      Filters: [{ Name: 'image-type', Values: ['PUBLIC_IMAGE'] }],
    });
    const [publicOne] = ImageSet as { SnapshotSet: Snapshot[] }[];
    expect(await askedById(recipient, publicOne?.SnapshotSet ?? [])).toMatchObject([{ SnapshotName: 'Debian' }]);
  });

  it('lists own and shared snapshots, and not those of other accounts', async () => {
    const [lister, other] = await Promise.all([freshCaller(), freshCaller()]);
    const own = await anImageOf(lister, region, { name: 'own', disks: [{ sizeGiB: 20 }] });
    const shared = await anImageOf(other, region, { name: 'shared' });
    await share(other, shared, [lister.account]);
    const hidden = await anImageOf(other, region);
    const ids = (await describeSnapshots(lister, {})).SnapshotSet.map(({ SnapshotId }) => SnapshotId);
    const expected = [own, shared].map(async ({ imageId }) =>
      (await snapshotsOf(lister, imageId)).map(({ SnapshotId }) => SnapshotId),
    );
    expect(ids).toEqual((await Promise.all(expected)).flat());
    expect(await askedById(lister, await snapshotsOf(other, hidden.imageId))).toEqual([]);
  });

  it('follows the state of the image', async () => {
    const { imageId } = await anImageOf(owner, region, { state: 'pending' });
    const snapshots = await snapshotsOf(owner, imageId);
    expect(await askedById(owner, snapshots)).toMatchObject([{ SnapshotState: 'CREATING', Percent: 0 }]);
    await compute().ok(reportImageState, { region, imageId, state: 'available' });
    expect(await askedById(owner, snapshots)).toMatchObject([{ SnapshotState: 'NORMAL', Percent: 100 }]);
    const failed = await anImageOf(owner, region, { state: 'pending' });
    await compute().ok(reportImageState, { region, imageId: failed.imageId, state: 'failed' });
    expect(await snapshotsOf(owner, failed.imageId)).toEqual([]);
  });

  it('shows encryption', async () => {
    const { imageId } = await anImageOf(owner, region, { encryption: 'customer' });
    expect(await askedById(owner, await snapshotsOf(owner, imageId))).toMatchObject([{ Encrypt: true }]);
  });

  it('pages', async () => {
    const lister = await freshCaller();
    await anImageOf(lister, region, { disks: [{ sizeGiB: 20 }] });
    const [system, data] = [{ DiskUsage: 'SYSTEM_DISK' }, { DiskUsage: 'DATA_DISK' }];
    expect(await describeSnapshots(lister, { Limit: 1 })).toMatchObject({ TotalCount: 2, SnapshotSet: [system] });
    expect(await describeSnapshots(lister, { Offset: 1 })).toMatchObject({ TotalCount: 2, SnapshotSet: [data] });
  });

  it('lists own ones first, or orders by time and leaves the disks of an image together', async () => {
    const lister = await freshCaller();
    const own = await anImageOf(lister, region, { name: 'older', disks: [{ sizeGiB: 20 }] });
    clock.at = secondsFromNoon(1);
    const shared = await anImageOf(owner, region, { name: 'newer' });
    await share(owner, shared, [lister.account]);
    clock.at = noon;
    const [older, newer] = [await snapshotsOf(lister, own.imageId), await snapshotsOf(lister, shared.imageId)];
    const listed = async (parameters: object) => (await describeSnapshots(lister, parameters)).SnapshotSet;
    expect(await listed({})).toMatchObject([...older, ...newer]);
    expect(await listed({ OrderField: 'CREATE_TIME', Order: 'ASC' })).toMatchObject([...older, ...newer]);
    expect(await listed({ OrderField: 'CREATE_TIME', Order: 'DESC' })).toMatchObject([...newer, ...older]);
  });

  it('shows that an image is being copied', async () => {
    const { imageId } = await anImageOf(owner, region, { disks: [{ sizeGiB: 20 }] });
    const where = { region: 'ap-shanghai' };
    await owner.call('SyncImages', { ImageIds: [imageId], DestinationRegions: ['ap-shanghai'] });
    const Filters = [{ Name: 'snapshot-state', Values: ['COPYING_FROM_REMOTE'] }];
    const { SnapshotSet } = await owner.call('DescribeSnapshots', { Filters }, where);
    const copied = { SnapshotState: 'COPYING_FROM_REMOTE', Percent: 0, CopyFromRemote: true };
    expect(SnapshotSet).toMatchObject([copied, copied]);
    const [first] = SnapshotSet as [Snapshot];
    const byId = { Filters: [{ Name: 'snapshot-id', Values: [first.SnapshotId] }] };
    expect((await owner.call('DescribeSnapshots', byId, where))['SnapshotSet']).toMatchObject([first]);
  });

  it.each(['NORMAL', 'CREATING', 'ROLLBACKING', 'COPYING_FROM_REMOTE', 'CHECKING_COPIED', 'TORECYCLE'])(
    'knows the state %s',
    async (state) => {
      const Filters = [{ Name: 'snapshot-state', Values: [state] }];
      expect(await describeSnapshots(await freshCaller(), { Filters })).toMatchObject({ TotalCount: 0 });
    },
  );

  it.each<[string, object, string]>([
    ['both IDs and filters', { SnapshotIds: ['snap-0'], Filters: [{ Name: 'disk-id', Values: ['a'] }] }, 'InvalidParameterValue'],
    ['an ID of something else', { SnapshotIds: ['img-00000000'] }, 'InvalidParameterValue'],
    ['an ID that is null', { SnapshotIds: [null] }, 'MissingParameter'],
    ['11 filters', { Filters: Array(11).fill({ Name: 'disk-id', Values: ['a'] }) }, 'InvalidParameterValue'],
    ['11 values', { Filters: [{ Name: 'disk-id', Values: Array(11).fill('a') }] }, 'InvalidParameterValue'],
    ['a project that is no number', { Filters: [{ Name: 'project-id', Values: ['0a'] }] }, 'InvalidParameterValue'],
    ['a project after a text', { Filters: [{ Name: 'project-id', Values: ['a0'] }] }, 'InvalidParameterValue'],
    ['a limit of 0', { Limit: 0 }, 'InvalidParameterValue'],
    ['an unknown order', { Order: 'UP' }, 'InvalidParameterValue'],
    ['an unknown order field', { OrderField: 'NAME' }, 'InvalidParameterValue'],
  ])('refuses %s', async (_, parameters, code) => {
    expect((await owner.call('DescribeSnapshots', parameters)).Error?.Code).toBe(code);
  });
});
