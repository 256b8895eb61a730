import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { deleteImage } from '../../../functions/delete-image.ts';
import { getInstance } from '../../../functions/get-instance.ts';
import { noon } from '../../support/builders.ts';
import { anImageOf, freshId, launch, share } from '../../support/client.ts';
import { clock } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, otherRegion, type Parameters, RegionId } from './in-process.ts';

const diskNotFound = { status: 404, code: 'InvalidDiskId.NotFound' };
const imageNotFound = { status: 404, code: 'InvalidImageId.NotFound' };
const dryRun = { status: 400, code: 'DryRunOperation' };

let owner: EcsAccount;
let other: EcsAccount;

beforeEach(async () => {
  clock.at = noon;
  [owner, other] = await Promise.all([freshEcsAccount(), freshEcsAccount()]);
});

/** Launches an instance of the owner from a new image. */
async function anInstance(fields: Parameters = {}, region = RegionId) {
  const { imageId: ImageId } = await anImageOf(owner.api, region, fields);
  const { instanceId: InstanceId } = await launch(owner.api, { region, imageId: ImageId });
  return { ImageId, InstanceId, DiskId: systemDiskOf(InstanceId) };
}
const systemDiskOf = (instanceId: string): string => `d-${instanceId.slice(2)}`;
const disksOf = (count: number) => Array.from({ length: count }, () => ({ sizeGiB: 5 }));

describe('DescribeDisks', () => {
  const disks = async (parameters: Parameters = {}, account = owner) =>
    entriesOf(await account.ok('DescribeDisks', parameters), 'Disks', 'Disk');
  const ids = async (parameters: Parameters) => (await disks(parameters)).map(({ DiskId }) => DiskId);

  /** What all disks have. */
  const properties = {
    Status: 'In_use',
    ZoneId: 'cn-hangzhou-a',
    Portable: false,
    DeleteWithInstance: true,
    DeleteAutoSnapshot: false,
    EnableAutoSnapshot: false,
    EnableAutomatedSnapshotPolicy: false,
    MultiAttach: 'Disabled',
  };

  it("lists the account's own disks, with IDs derived from the instance IDs", async () => {
    const { ImageId, InstanceId, DiskId } = await anInstance({ disks: [{ sizeGiB: 5 }] });
    const common = {
      ...properties,
      InstanceId,
      RegionId,
      CreationTime: '2026-11-22T12:00Z',
      DiskName: '',
      Description: '',
      OperationLocks: { OperationLock: [] },
      Tags: { Tag: [] },
    };

    expect(await disks()).toEqual([
      { ...common, DiskId, Type: 'system', Size: 20, Device: '/dev/xvda', ImageId },
      { ...common, DiskId: `${DiskId}-1`, Type: 'data', Size: 5, Device: '/dev/xvdb', ImageId: '' },
    ]);
    expect(await disks({}, other)).toEqual([]);
  });

  it('finds disks by what distinguishes them', async () => {
    const { InstanceId, DiskId } = await anInstance({ disks: [{ sizeGiB: 5 }] });
    const second = await anInstance();

    expect(await ids({ DiskType: 'data' })).toEqual([`${DiskId}-1`]);
    expect((await ids({ DiskType: 'system' })).sort()).toEqual([DiskId, second.DiskId].sort());
    expect(await ids({ DiskIds: JSON.stringify([`${DiskId}-1`, 'd-missing']) })).toEqual([`${DiskId}-1`]);
    expect(await ids({ InstanceId })).toEqual([DiskId, `${DiskId}-1`]);
    expect(await ids({ InstanceId: 'i-other' })).toEqual([]);
    expect(await owner.refused('DescribeDisks', { DryRun: true })).toMatchObject(dryRun);
  });

  it('finds disks by properties that all have', async () => {
    const { InstanceId } = await anInstance();

    for (const [name, value] of Object.entries(properties)) {
      expect(await disks({ [name]: value })).toMatchObject([{ InstanceId, ...properties }]);
    }
    expect(await disks({ DiskType: 'system', Category: 'all', Encrypted: false, EnableShared: false })).toHaveLength(1);
  });

  it('returns pages by number or by token, of 10 to 100 disks with a token', async () => {
    const { DiskId } = await anInstance({ disks: disksOf(16) });
    const all = [DiskId, ...Array.from({ length: 16 }, (_, index) => `${DiskId}-${index + 1}`)];
    const page = async (parameters: Parameters) => {
      const { Disks: _, RequestId, ...fields } = await owner.ok('DescribeDisks', parameters);
      return { ...fields, ids: await ids(parameters) };
    };
    const numbered = { TotalCount: 17, PageNumber: 1, PageSize: 10, NextToken: '' };
    const first = { ...numbered, NextToken: '10', ids: all.slice(0, 10) };
    const second = { ...numbered, ids: all.slice(10) };

    expect(await page({})).toEqual({ ...numbered, ids: all.slice(0, 10) });
    expect(await page({ PageNumber: 2 })).toEqual({ ...numbered, PageNumber: 2, ids: all.slice(10) });
    for (const MaxResults of [1, 10]) {
      expect(await page({ MaxResults })).toEqual(first);
      expect(await page({ MaxResults, NextToken: first.NextToken })).toEqual(second);
    }
    expect(await page({ NextToken: '10' })).toEqual(second);
    expect(await page({ MaxResults: 17 })).toEqual({ ...numbered, PageSize: 17, ids: all });
    expect(await page({ MaxResults: 101 })).toMatchObject({ PageSize: 100, ids: all });
    expect(await page({ NextToken: '17' })).toMatchObject({ TotalCount: 17, NextToken: '', ids: [] });
  });
});

describe.each([RegionId, otherRegion])('on an instance in %s, which the calls do not name,', (region) => {
  it('ReplaceSystemDisk reinstalls the system disk from another image, and ReInitDisk from its own', async () => {
    const { ImageId, InstanceId, DiskId } = await anInstance({ os: 'Debian 12' }, region);
    const { imageId: another } = await anImageOf(owner.api, region, { os: 'Alpine 3', sizeGiB: 5 });
    const instance = () => owner.api.ok(getInstance, { region, instanceId: InstanceId });
    const replace = { InstanceId, ImageId: another };

    expect(await owner.refused('ReplaceSystemDisk', { ...replace, DryRun: true })).toMatchObject(dryRun);
    expect(await instance()).toMatchObject({ imageId: ImageId });
    expect(await owner.ok('ReplaceSystemDisk', replace)).toEqual({ RequestId: expect.any(String), DiskId });
    expect(await instance()).toMatchObject({ imageId: another, os: 'Alpine 3', disksGiB: [5] });
    expect(await owner.refused('ReInitDisk', { DiskId, DryRun: true })).toMatchObject(dryRun);
    expect(await owner.ok('ReInitDisk', { DiskId, AutoStartInstance: true })).toEqual({ RequestId: expect.any(String) });
    expect(await instance()).toMatchObject({ imageId: another });
  });

  it('both fail after the share was canceled or the image was deleted, but the instance keeps running', async () => {
    const { imageId: ImageId } = await anImageOf(other.api, region);
    await share(other.api, { region, imageId: ImageId }, [owner.account]);
    const { instanceId: InstanceId } = await launch(owner.api, { region, imageId: ImageId });
    const expectBothFail = async () => {
      expect(await owner.refused('ReInitDisk', { DiskId: systemDiskOf(InstanceId) })).toMatchObject({
        status: 404,
        code: 'InvalidDiskId.OperationNotSupported',
      });
      expect(await owner.refused('ReplaceSystemDisk', { InstanceId, ImageId })).toMatchObject(imageNotFound);
    };

    await other.api.ok(cancelImageShares, { region, imageId: ImageId, all: true });
    await expectBothFail();
    await other.api.ok(deleteImage, { region, imageId: ImageId });
    await expectBothFail();
    expect(await owner.api.ok(getInstance, { region, instanceId: InstanceId })).toMatchObject({ imageId: ImageId });
  });

  it('both run once per ClientToken, even if the share was canceled since', async () => {
    const { imageId: ImageId } = await anImageOf(other.api, region);
    await share(other.api, { region, imageId: ImageId }, [owner.account]);
    const { InstanceId, DiskId } = await anInstance({}, region);
    const replace = { InstanceId, ImageId, ClientToken: freshId() };
    const reset = { DiskId, ClientToken: freshId() };
    const result = { RequestId: expect.any(String) };
    expect(await owner.ok('ReplaceSystemDisk', replace)).toEqual({ ...result, DiskId });
    expect(await owner.ok('ReInitDisk', reset)).toEqual(result);

    await other.api.ok(cancelImageShares, { region, imageId: ImageId, all: true });
    expect(await owner.ok('ReplaceSystemDisk', replace)).toEqual({ ...result, DiskId });
    expect(await owner.ok('ReInitDisk', reset)).toEqual(result);
  });
});

describe('ReInitDisk', () => {
  it('refuses a disk that is missing, belongs to another account, or is not a system disk', async () => {
    const { DiskId } = await anInstance({ disks: disksOf(10) });
    const malformed = ['d-1', `d-${'0'.repeat(20)}`, 'x', `x${DiskId}`, `${DiskId}x`, `${DiskId}-0`, `${DiskId}-`];

    for (const missing of [...malformed, `${DiskId}-11`, `${DiskId}-100`]) {
      expect(await owner.refused('ReInitDisk', { DiskId: missing })).toMatchObject(diskNotFound);
    }
    expect(await other.refused('ReInitDisk', { DiskId })).toMatchObject(diskNotFound);
    for (const index of [1, 10]) {
      expect(await owner.refused('ReInitDisk', { DiskId: `${DiskId}-${index}` })).toMatchObject({
        status: 403,
        code: 'OperationDenied',
      });
    }
  });
});
