import { listImages } from '../../../functions/list-images.ts';
import { listInstances } from '../../../functions/list-instances.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { anImageOf } from '../../support/client.ts';
import { compute } from '../../support/in-process.ts';
import { newImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
beforeAll(async () => {
  owner = await freshCaller();
});

const imageIn = async (caller: Caller, imageId: string) =>
  ((await caller.call('DescribeImages', { ImageIds: [imageId] }))['ImageSet'] as Record<string, unknown>[])[0];

describe('an image in DescribeImages', () => {
  it('is complete only when it is available', async () => {
    for (const [state, expected] of [
      ['available', { ImageState: 'NORMAL', SyncPercent: 100 }],
      ['failed', { ImageState: 'CREATEFAILED', SyncPercent: null }],
    ] as const) {
      const { imageId } = await anImageOf(owner, region, { state: 'pending' });
      expect(await imageIn(owner, imageId)).toMatchObject({ ImageState: 'CREATING', SyncPercent: null });
      await compute().ok(reportImageState, { region, imageId, state });
      expect(await imageIn(owner, imageId)).toMatchObject(expected);
    }
  });
});

describe('DryRun', () => {
  let ImageId: string;
  let InstanceId: string;
  beforeAll(async () => {
    ({ imageId: ImageId } = await anImageOf(owner, region));
    const { InstanceIdSet } = await owner.call('RunInstances', { ImageId });
    [InstanceId] = InstanceIdSet as [string];
  });

  /** Everything that a call could change. */
  const everything = async () => [
    await owner.ok(listImages, { region, limit: 100 }),
    await owner.ok(listImages, { region: 'ap-shanghai', limit: 100 }),
    await owner.ok(listInstances, { region, limit: 100 }),
  ];

  it.each<[string, () => object, object, object, string]>([
    ['RunInstances', () => ({ ImageId }), { InstanceIdSet: [] }, { ImageId: 'img-00000000' }, 'InvalidImageId.NotFound'],
    [
      'CreateImage',
      () => ({ InstanceId, ImageName: 'dry' }),
      { ImageId: '' },
      { InstanceId: 'ins-00000000' },
      'InvalidInstanceId.NotFound',
    ],
    ['ImportImage', () => ({ ...newImage, ImageName: 'dry' }), { ImageId: '' }, { ImageName: ' ' }, 'InvalidParameterValue'],
    ['DeleteImages', () => ({ ImageIds: [ImageId] }), {}, { ImageIds: ['img-00000000'] }, 'InvalidImageId.NotFound'],
    [
      'SyncImages',
      () => ({ ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'], ImageSetRequired: true }),
      { ImageSet: [] },
      { DestinationRegions: ['ap-guangzhou'] },
      'InvalidParameterValue.InvalidImageId',
    ],
  ])(
    'of %s changes nothing, and returns a RequestId or the error of the call',
    async (action, parameters, response, wrong, code) => {
      const before = await everything();
      const passed = await owner.call(action, { ...parameters(), DryRun: true });
      expect(passed).toEqual({ ...response, RequestId: expect.any(String) });
      expect((await owner.call(action, { ...parameters(), ...wrong, DryRun: true })).Error?.Code).toBe(code);
      expect(await everything()).toEqual(before);
    },
  );
});

describe('SyncImages', () => {
  it('always returns a list, which is empty unless it is required', async () => {
    const { imageId } = await anImageOf(owner, region);
    const sync = (parameters: object) =>
      owner.call('SyncImages', { ImageIds: [imageId], DestinationRegions: ['ap-shanghai'], ...parameters });
    expect(await sync({})).toEqual({ ImageSet: [], RequestId: expect.any(String) });
    expect(await sync({ ImageSetRequired: false })).toMatchObject({ ImageSet: [] });
    expect(await sync({ ImageSetRequired: true })).toMatchObject({
      ImageSet: [{ ImageId: expect.stringMatching(/^img-/), Region: 'ap-shanghai' }],
    });
  });
});

describe('ImportImage', () => {
  const importing = (parameters: object) => owner.call('ImportImage', { ...newImage, ImageName: 'imported', ...parameters });

  it.each([
    { LicenseType: 'TencentCloud' },
    { BootMode: 'UEFI' },
    { BootMode: 'Legacy BIOS' },
    { Force: true },
    { OsVersion: '-' },
  ])('accepts %j', async (parameters) => {
    expect(await importing(parameters)).toMatchObject({ ImageId: expect.stringMatching(/^img-/) });
  });

  it.each([
    ['CentOS', '7', 'CentOS 7'],
    ['Windows Server', '-', 'Windows Server'],
    ['Other Linux', '', 'Other Linux'],
  ])('names the operating system %s in version "%s" %s', async (OsType, OsVersion, expected) => {
    const { ImageId } = await importing({ OsType, OsVersion });
    expect(await imageIn(owner, ImageId as string)).toMatchObject({ OsName: expected });
  });

  it.each([
    { ImageName: '\u00e9'.repeat(60) },
    { ImageName: '\u{1f600}'.repeat(32) },
    { ImageDescription: '\u{1f600}'.repeat(192) },
    { ImageDescription: '\u00e9'.repeat(256) },
    { ImageName: 'e\u0301'.repeat(60) },
    { ImageDescription: 'e\u0301'.repeat(256) },
  ])('counts characters in NFC, not their bytes or UTF-16 units: %j', async (parameters) => {
    expect((await importing(parameters)).Error).toBeUndefined();
  });

  it.each([
    [{ Architecture: 'i386' }, 'must be x86_64 or arm_64, but is "i386"'],
    [{ LicenseType: 'BYOL' }, 'must be TencentCloud, but is "BYOL"'],
    [{ BootMode: 'BIOS' }, 'must be Legacy BIOS or UEFI, but is "BIOS"'],
    [{ ImageUrl: 'ftp://example.com/a' }, 'must be an HTTP or HTTPS URL, but is "ftp://example.com/a"'],
  ])('says what %j must be', async (parameters, reason) => {
    const [name] = Object.keys(parameters);
    expect((await importing(parameters)).Error?.Message).toBe(`The parameter ${name} ${reason}.`);
  });

  it.each(['http', 'https'])('accepts a URL with %s', async (protocol) => {
    expect((await importing({ ImageUrl: `${protocol}://example.com/a` })).Error).toBeUndefined();
  });

  it.each(['shttp', 'httpss'])('refuses a URL with %s', async (protocol) => {
    expect((await importing({ ImageUrl: `${protocol}://example.com/a` })).Error?.Code).toBe(
      'InvalidParameter.InvalidParameterUrlError',
    );
  });

  it.each<[object, string]>([
    [{ LicenseType: 'BYOL' }, 'InvalidParameterValue.InvalidLicenseType'],
    [{ BootMode: 'BIOS' }, 'InvalidParameterValue.InvalidBootMode'],
    [{ ImageName: '' }, 'InvalidParameterValue'],
    [{ ImageName: '\u200b' }, 'InvalidParameterValue'],
    [{ ImageName: '\u4e2d'.repeat(43) }, 'InvalidParameterValue'],
    [{ ImageDescription: 'a\u0007' }, 'InvalidParameterValue'],
    [{ OsType: 'x'.repeat(33) }, 'InvalidParameterValue'],
    [{ OsType: 'x'.repeat(20), OsVersion: 'y'.repeat(20) }, 'InvalidImageOsVersion.Unsupported'],
    [{ ImportImageDataDiskList: Array(17).fill({ ImageUrl: 'https://example.com/a' }) }, 'InvalidParameterValue'],
  ])('refuses %j, and names the parameter', async (parameters, code) => {
    const { Error: error } = await importing(parameters);
    expect(error?.Code).toBe(code);
    expect(error?.Message).toContain(Object.keys(parameters)[0]);
  });
});

describe('CreateImage', () => {
  let InstanceId: string;
  let disks: string[];
  beforeAll(async () => {
    const { imageId } = await anImageOf(owner, region, { disks: [{ sizeGiB: 10 }, { sizeGiB: 10 }] });
    const { InstanceIdSet } = await owner.call('RunInstances', { ImageId: imageId });
    [InstanceId] = InstanceIdSet as [string];
    const { InstanceSet } = await owner.call('DescribeInstances', { InstanceIds: [InstanceId] });
    const [instance] = InstanceSet as [{ SystemDisk: { DiskId: string }; DataDisks: { DiskId: string }[] }];
    disks = [instance.SystemDisk, ...instance.DataDisks].map(({ DiskId }) => DiskId);
  });
  const create = (parameters: object) => owner.call('CreateImage', { InstanceId, ImageName: 'created', ...parameters });

  it('accepts all data disks of the instance, as Packer sends them, and power options', async () => {
    const [, first, second] = disks;
    expect(await create({ DataDiskIds: [second, first] })).toMatchObject({ ImageId: expect.stringMatching(/^img-/) });
    expect(await create({ ForcePoweroff: 'True', Sysprep: 'FALSE' })).toMatchObject({ ImageId: expect.stringMatching(/^img-/) });
  });

  it('refuses anything but all data disks, because an image contains all of them', async () => {
    const [system, first] = disks as [string, string];
    const refused = async (...DataDiskIds: string[]) => (await create({ DataDiskIds })).Error?.Code;
    expect(await refused(first)).toBe('UnsupportedOperation');
    expect(await refused(first, 'disk-00000000')).toBe('InvalidParameter.DataDiskNotBelongSpecifiedInstance');
    expect(await refused(system, first)).toBe('InvalidParameter.DataDiskIdContainsRootDisk');
  });

  it('refuses power options that are not Boolean, and snapshots', async () => {
    expect((await create({ ForcePoweroff: 'maybe' })).Error?.Code).toBe('InvalidParameterValue');
    const { Error: error } = await owner.call('CreateImage', { ImageName: 'x', SnapshotIds: ['snap-00000000'] });
    expect(error).toMatchObject({ Code: 'InvalidParameter.SnapshotNotFound', Message: expect.stringContaining('snap-00000000') });
  });
});

describe('ModifyImageSharePermission', () => {
  it.each([{ LaunchPermission: 'PUBLIC' }, { LaunchPermission: 'HIDDEN', AccountIds: ['100000000001'] }, { IsPublic: true }])(
    'refuses %j, which it does not have',
    async (parameters) => {
      const { imageId } = await anImageOf(owner, region);
      const { Error: error } = await owner.call('ModifyImageSharePermission', {
        ImageId: imageId,
        Permission: 'SHARE',
        ...parameters,
      });
      expect(error?.Code).toBe('AccountIds' in parameters ? 'UnknownParameter' : 'MissingParameter');
    },
  );

  it.each(['PUBLIC', 'HIDDEN', '', 'share'])('refuses the permission %j, and names it', async (Permission) => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { ImageId: imageId, AccountIds: ['100000000001'], Permission };
    expect((await owner.call('ModifyImageSharePermission', parameters)).Error).toEqual({
      Code: 'InvalidParameterValue',
      Message: `The parameter Permission must be SHARE or CANCEL, but is ${JSON.stringify(Permission)}.`,
    });
  });
});
