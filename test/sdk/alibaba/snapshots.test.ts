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
    const common = {
      Description: '',
      RegionId,
      Status: 'accomplished',
      Progress: '100%',
      Available: true,
      Usage: 'image',
      Category: 'standard',
      SnapshotType: 'user',
      SourceDiskId: '',
      Encrypted: false,
      ProductCode: '',
      ResourceGroupId: '',
      CreationTime: '2026-11-22T12:00:00Z',
      Tags: { Tag: [{ TagKey: 'role', TagValue: 'web' }] },
    };
    const nameOf = (id: string) => ({ SnapshotId: id, SnapshotName: id });

    expect(await snapshots()).toEqual([
      { ...common, ...nameOf(snapshotId), SourceDiskType: 'system', SourceDiskSize: '20' },
      { ...common, ...nameOf(`${snapshotId}-1`), SourceDiskType: 'data', SourceDiskSize: '5' },
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

  it('shows which are encrypted, and which are not available yet', async () => {
    const { imageId: encrypted } = await anImageOf(owner.api, region, { encryption: 'customer' });
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });
    const encryptedId = `s-${encrypted.slice(2)}`;

    expect(await snapshots({ Encrypted: true })).toMatchObject([{ SnapshotId: encryptedId, Encrypted: true, Available: true }]);
    expect(await ids({ Encrypted: false })).toContain(encryptedId);
    expect(await snapshots({ SnapshotName: `s-${pending.slice(2)}` })).toMatchObject([{ Encrypted: false, Available: false }]);
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

    const { imageId: large } = await anImageOf(owner.api, region, { disks: Array.from({ length: 10 }, () => ({ sizeGiB: 5 })) });

    for (const SnapshotId of [snapshotId, `${snapshotId}-1`, `s-${large.slice(2)}-10`, `s-${elsewhere.slice(2)}`]) {
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
    for (const SnapshotId of [`${snapshotId}-0`, `${snapshotId}-2`, `${snapshotId}-`, `x${snapshotId}`, `${snapshotId}x`]) {
      await owner.ok('DeleteSnapshot', { SnapshotId });
    }
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
