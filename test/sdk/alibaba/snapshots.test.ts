import { noon, secondsFromNoon } from '../../support/builders.ts';
import { anImageOf, share } from '../../support/client.ts';
import { clock } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, otherRegion, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;

let owner: EcsAccount;
let ImageId: string;
let snapshotId: string;

beforeEach(async () => {
  clock.at = noon;
  owner = await freshEcsAccount();
  ImageId = (await anImageOf(owner.api, region, { tags: { role: 'web' }, disks: [{ sizeGiB: 5 }] })).imageId;
  snapshotId = `s-${ImageId.slice(2)}`;
});

const snapshots = async (parameters: Parameters = {}, account = owner) =>
  entriesOf(await account.ok('DescribeSnapshots', parameters), 'Snapshots', 'Snapshot');
const ids = async (parameters: Parameters = {}) => (await snapshots(parameters)).map(({ SnapshotId }) => SnapshotId);

describe('DescribeSnapshots', () => {
  it('lists the disks of own images, with the tags of the image', async () => {
    expect(await snapshots()).toMatchObject([
      {
        SnapshotId: snapshotId,
        Status: 'accomplished',
        Progress: '100%',
        Usage: 'image',
        SourceDiskType: 'system',
        SourceDiskSize: '20',
        Encrypted: false,
        Tags: { Tag: [{ TagKey: 'role', TagValue: 'web' }] },
      },
      { SnapshotId: `${snapshotId}-1`, SourceDiskType: 'data', SourceDiskSize: '5' },
    ]);
  });

  it('filters them, and returns pages', async () => {
    clock.at = secondsFromNoon(60);
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });
    const newest = `s-${pending.slice(2)}`;

    expect(await ids()).toEqual([newest, snapshotId, `${snapshotId}-1`]);
    expect(await ids({ SnapshotIds: JSON.stringify([`${snapshotId}-1`, 's-missing']) })).toEqual([`${snapshotId}-1`]);
    expect(await ids({ SnapshotName: newest })).toEqual([newest]);
    expect(await ids({ Status: 'progressing' })).toEqual([newest]);
    expect(await ids({ Status: 'all', SourceDiskType: 'Data' })).toEqual([`${snapshotId}-1`]);
    expect(await ids({ Tag: [{ Key: 'role' }], SourceDiskType: 'system' })).toEqual([snapshotId]);
    expect(await ids({ PageSize: 2, PageNumber: 2 })).toEqual([`${snapshotId}-1`]);
    expect(await owner.refused('DescribeSnapshots', { DryRun: true })).toMatchObject({ code: 'DryRunOperation' });
  });

  it('lists no snapshots of shared images', async () => {
    const recipient = await freshEcsAccount();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);

    expect(await snapshots({}, recipient)).toEqual([]);
  });
});

describe('DeleteSnapshot', () => {
  it('refuses a snapshot of an image, in any region, also with Force', async () => {
    const elsewhere = (await anImageOf(owner.api, otherRegion)).imageId;

    for (const SnapshotId of [snapshotId, `${snapshotId}-1`, `s-${elsewhere.slice(2)}`]) {
      expect(await owner.refused('DeleteSnapshot', { SnapshotId, Force: true })).toEqual({
        status: 403,
        code: 'SnapshotCreatedImage',
        message: 'The snapshot has been used to create user defined image(s).',
      });
    }
  });

  it('succeeds after the image was deleted, and for other IDs, because the cloud ignores them', async () => {
    const recipient = await freshEcsAccount();
    await share(owner.api, { region, imageId: ImageId }, [recipient.account]);
    await recipient.ok('DeleteSnapshot', { SnapshotId: snapshotId });
    expect(await ids()).toHaveLength(2);

    await owner.ok('ModifyImageSharePermission', { ImageId, RemoveAccount: [recipient.account] });
    await owner.ok('DeleteImage', { ImageId });
    for (const SnapshotId of [snapshotId, `${snapshotId}-1`, `${snapshotId}-2`, 's-missing', '../x']) {
      expect(await owner.ok('DeleteSnapshot', { SnapshotId })).toEqual({ RequestId: expect.any(String) });
    }
  });

  it('refuses an empty ID and a missing one', async () => {
    for (const parameters of [{ SnapshotId: '' }, {}]) {
      expect(await owner.refused('DeleteSnapshot', parameters)).toMatchObject({
        status: 400,
        code: 'MissingParameter',
        message: expect.stringContaining('"SnapshotId"'),
      });
    }
  });
});
