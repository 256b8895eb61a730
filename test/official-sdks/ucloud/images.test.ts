import { getImage } from '../../../functions/get-image.ts';
import { putProject } from '../../../functions/put-project.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { send } from '../../sdk/wire-request.ts';
import { fetchFromService, operator } from '../../support/api.ts';
import { anImageOf, freshId, inBatches } from '../../support/client.ts';
import type { Client } from './client.ts';
import { anImage, freshSigners, idsIn, makeAvailable, newImage, otherRegion, region, type Signer } from './members.ts';

let owner: Signer;
let recipient: Signer;

beforeAll(async () => {
  [owner, recipient] = (await freshSigners(2)) as [Signer, Signer];
});

const describeImages = async (client: Client, parameters: Record<string, unknown> = {}) => {
  const { TotalCount, ImageSet } = await client.ok('DescribeImage', parameters);
  return { TotalCount, ids: idsIn(ImageSet, 'ImageId') };
};

describe('ImportCustomImage', () => {
  it('creates an image of 20 GB that is immediately available', async () => {
    const ImageId = await anImage(owner, { ImageDescription: 'of the shop', Tag: 'shop', OsName: 'Windows 2019 64位' });

    expect(await owner.member.ok(getImage, { region, imageId: ImageId })).toMatchObject({
      name: 'web',
      description: 'of the shop',
      tags: { Tag: 'shop' },
      os: 'Windows 2019 64位',
      sizeGiB: 20,
      state: 'available',
      owner: owner.project,
    });
    expect(await owner.client.ok('DescribeImage', { ImageId })).toMatchObject({
      ImageSet: [{ OsType: 'Windows', Tag: 'shop', ImageSize: 20, State: 'Available', Zone: `${region}-02`, Features: [] }],
    });
  });

  it.each([true, 'true', 'True', 1, '1'])('accepts %j for Auth', async (Auth) => {
    expect(await owner.client.call('ImportCustomImage', { ...newImage, Auth })).toMatchObject({ RetCode: 0 });
  });

  it.each([
    [{ Auth: false }, 230, 'Params [Auth] not available: must be true'],
    [{ Auth: 'no' }, 230, 'Params [Auth] not available: must be true'],
    [{ Auth: undefined }, 220, 'Missing params [Auth]'],
    [{ ImageName: undefined }, 220, 'Missing params [ImageName]'],
    [{ ImageName: '' }, 220, 'Missing params [ImageName]'],
    [{ ImageName: ' ' }, 230, 'Params [ImageName] not available: must contain a visible character'],
    [{ ImageName: 'a\nb' }, 230, 'Params [ImageName] not available: must be a single line'],
    [{ ImageName: 'x'.repeat(129) }, 230, 'Params [ImageName] not available: must be at most 128 bytes in UTF-8'],
    [{ ImageDescription: '镜'.repeat(257) }, 230, 'Params [ImageDescription] not available: must be at most 768 bytes in UTF-8'],
    [{ OsName: 'x'.repeat(33) }, 230, 'Params [OsName] not available: must be at most 32 bytes in UTF-8'],
    [{ Tag: 'x'.repeat(65) }, 230, 'Params [Tag] not available: must be at most 64 bytes in UTF-8'],
    [{ Format: 'ISO' }, 230, 'Params [Format] not available: must be RAW, VHD, VMDK or qcow2'],
    [{ UFileUrl: undefined }, 220, 'Missing params [UFileUrl]'],
    [{ ImageName: true }, 230, 'Params [ImageName] not available: must be a string'],
    [{ Region: undefined }, 220, 'Missing params [Region]'],
    [{ Region: 'cn-hangzhou' }, 230, 'Params [Region] not available: cn-hangzhou is not a UCloud region of this deployment'],
    [{ Region: 'mars' }, 230, 'Params [Region] not available: mars is not a UCloud region of this deployment'],
  ])('refuses %j', async (parameters, RetCode, Message) => {
    expect(await owner.client.call('ImportCustomImage', { ...newImage, ...parameters })).toEqual({
      RetCode,
      Action: 'ImportCustomImageResponse',
      Message,
    });
  });

  it('ignores unknown parameters', async () => {
    const unknown = { Color: 'red', Deep: [{ Er: 1 }], Zone: 'cn-bj2-04', __proto__x: 1 };
    expect(await owner.client.call('ImportCustomImage', { ...newImage, ...unknown })).toMatchObject({ RetCode: 0 });
  });

  it('refuses the 31st image of a project in a region with 8095', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    await inBatches(Array.from({ length: 30 }), () => anImage(member));

    expect(await member.client.call('ImportCustomImage', newImage)).toMatchObject({ RetCode: 8095 });
    expect(await describeImages(member.client, { ImageType: 'Custom' })).toMatchObject({ TotalCount: 30, ids: { length: 20 } });
  });
});

describe('DescribeImage', () => {
  let reader: Signer;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    [reader] = (await freshSigners(1)) as [Signer];
    ids['linux'] = await anImage(reader, { ImageName: 'linux' });
    ids['windows'] = await anImage(reader, { ImageName: 'windows', OsName: 'Windows 2019 64位', Tag: 'shop' });
    ids['shared'] = await anImage(owner, { ImageName: 'shared' });
    await owner.client.ok('ModifyImageShareProject', { ImageId: ids['shared'], AddProjects: [reader.project] });
    ids['public'] = freshId('uimage-');
    const publicImage = { region, imageId: ids['public'], name: 'public', sizeGiB: 20, os: 'Ubuntu 24.04' };
    await operator().ok(putPublicImage, publicImage);
  });

  const idsOf = async (parameters: Record<string, unknown>) => (await describeImages(reader.client, parameters)).ids;

  it('lists images of every type by default: owned, newest first, then shared, then public', async () => {
    const all = await idsOf({ Limit: 1_000 });
    expect(all.slice(0, 3)).toEqual([ids['windows'], ids['linux'], ids['shared']]);
    expect(all).toContain(ids['public']);
  });

  it('filters by type', async () => {
    expect(await describeImages(reader.client, { ImageType: 'Custom' })).toEqual({
      TotalCount: 2,
      ids: [ids['windows'], ids['linux']],
    });
    expect(await describeImages(reader.client, { ImageType: 'Shared' })).toEqual({ TotalCount: 1, ids: [ids['shared']] });
    expect(await idsOf({ ImageType: 'Base', Limit: 1_000 })).toContain(ids['public']);
    expect(await describeImages(reader.client, { ImageType: 'Business' })).toEqual({ TotalCount: 0, ids: [] });
    const [{ ImageType }] = (await reader.client.ok('DescribeImage', { ImageId: ids['public'] }))['ImageSet'] as [
      Record<string, unknown>,
    ];
    expect(ImageType).toBe('Base');
  });

  it('returns images by id, and leaves out missing ones', async () => {
    const hidden = await anImage(owner);
    expect(await describeImages(reader.client, { ImageId: ids['shared'] })).toEqual({ TotalCount: 1, ids: [ids['shared']] });
    expect(await idsOf({ ImageIds: [ids['windows'], hidden, ids['linux'], 'uimage-nowhere', ids['windows']] })).toEqual([
      ids['windows'],
      ids['linux'],
    ]);
    expect(await idsOf({ ImageIds: [ids['windows'], ids['shared']], ImageType: 'Shared' })).toEqual([ids['shared']]);
    expect(await idsOf({ ImageId: ids['windows'], ImageIds: [ids['shared']] })).toEqual([ids['windows'], ids['shared']]);
  });

  it('filters by operating system and tag', async () => {
    expect(await idsOf({ ImageType: 'Custom', OsType: 'Windows' })).toEqual([ids['windows']]);
    expect(await idsOf({ ImageType: 'Custom', OsType: 'Linux' })).toEqual([ids['linux']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'shop' })).toEqual([ids['windows']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'Default' })).toEqual([ids['linux']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'other' })).toEqual([]);
  });

  it('counts matching images, and pages by offset and limit', async () => {
    expect(await describeImages(reader.client, { ImageType: 'Custom', Limit: 1 })).toEqual({
      TotalCount: 2,
      ids: [ids['windows']],
    });
    expect(await describeImages(reader.client, { ImageType: 'Custom', Offset: '1', Limit: '1' })).toEqual({
      TotalCount: 2,
      ids: [ids['linux']],
    });
    expect(await describeImages(reader.client, { ImageType: 'Custom', Offset: 2 })).toEqual({ TotalCount: 2, ids: [] });
  });

  it('lists only images of the region and the project', async () => {
    expect((await describeImages(reader.client, { Region: otherRegion, ImageType: 'Custom' })).ids).toEqual([]);
    const other = freshId('org-');
    await operator().ok(putProject, { accountId: reader.member.account, projectId: other, name: 'other' });
    expect(await idsOf({ ProjectId: other, ImageType: 'Custom' })).toEqual([]);
    expect(await idsOf({ ProjectId: reader.project, ImageType: 'Custom' })).toHaveLength(2);
  });

  it.each(['org-nowhere', '项目', 'x'.repeat(2_000)])('refuses the project %s with 292', async (ProjectId) => {
    expect(await reader.client.call('DescribeImage', { ProjectId })).toMatchObject({ RetCode: 292 });
    expect(await reader.client.call('DescribeImage', { ProjectId: owner.project })).toMatchObject({ RetCode: 292 });
  });

  it.each(['Base', 'Business', 'Custom', 'Shared', undefined])(
    'requires a known region and project for %s images',
    async (type) => {
      const refused = async (parameters: Record<string, unknown>) =>
        (await reader.client.call('DescribeImage', { ImageType: type, ...parameters })).RetCode;
      expect(await refused({ Region: undefined })).toBe(220);
      expect(await refused({ Region: 'mars' })).toBe(230);
      expect(await refused({ ProjectId: 'org-nowhere' })).toBe(292);
    },
  );

  it.each([
    [{ ImageType: 'custom' }, 'ImageType'],
    [{ OsType: 'Plan9' }, 'OsType'],
    [{ Limit: -1 }, 'Limit'],
    [{ Limit: 10_001 }, 'Limit'],
    [{ Limit: 'many' }, 'Limit'],
    [{ Limit: 1.5 }, 'Limit'],
    [{ Offset: -1 }, 'Offset'],
    [{ ImageId: 'uimage-$' }, 'ImageId'],
    [{ ImageId: 'x'.repeat(65) }, 'ImageId'],
    [{ ImageIds: 'uimage-1' }, 'ImageIds'],
    [{ ImageIds: ['uimage-1', '镜像'] }, 'ImageIds.1'],
    [{ ImageIds: Array.from({ length: 101 }, () => 'uimage-1') }, 'ImageIds'],
    [{ Tag: true }, 'Tag'],
  ])('refuses %j with 230', async (parameters, name) => {
    expect(await reader.client.call('DescribeImage', parameters)).toEqual({
      RetCode: 230,
      Action: 'DescribeImageResponse',
      Message: expect.stringMatching(new RegExp(`^Params \\[${name}\\] not available: .+`)),
    });
  });
});

describe('CreateCustomImage', () => {
  it('creates an image from a host, in state Making until the compute platform reports it', async () => {
    const { imageId } = await anImageOf(owner.member, region, { disks: [{ sizeGiB: 40 }] });
    const { UHostIds } = await owner.client.ok('CreateUHostInstance', { Zone: 'z', ImageId: imageId, LoginMode: 'Password' });
    const [UHostId] = UHostIds as [string];

    const created = await owner.client.ok('CreateCustomImage', {
      UHostId,
      ImageName: 'derived',
      ImageDescription: 'from a host',
      Tag: 'shop',
      DataUDiskIds: ['bsm-1'],
    });

    const { ImageId } = created;
    expect(created).toMatchObject({ ImageId: expect.stringMatching(/^uimage-/), DataSnapshotIds: [] });
    expect(await owner.client.ok('DescribeImage', { ImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'derived', ImageDescription: 'from a host', Tag: 'shop', State: 'Making' }],
    });
    expect(await owner.client.call('ModifyImageShareProject', { ImageId, AddProjects: [recipient.project] })).toMatchObject({
      RetCode: 8961,
    });
    await makeAvailable(ImageId);
    expect(await owner.client.ok('DescribeImage', { ImageId })).toMatchObject({ ImageSet: [{ State: 'Available' }] });
  });

  it('refuses a missing host and a host of another account with 8039', async () => {
    const ImageId = await anImage(recipient);
    const { UHostIds } = await recipient.client.ok('CreateUHostInstance', { Zone: 'z', ImageId, LoginMode: 'Password' });
    for (const UHostId of ['uhost-nowhere', ...(UHostIds as string[])]) {
      expect(await owner.client.call('CreateCustomImage', { UHostId, ImageName: 'derived' })).toMatchObject({ RetCode: 8039 });
    }
  });
});

describe('CopyCustomImage', () => {
  it('copies to another project and region of the account, with a new name, description and tag', async () => {
    const other = freshId('org-');
    await operator().ok(putProject, { accountId: owner.member.account, projectId: other, name: 'other' });
    const SourceImageId = await anImage(owner, { ImageDescription: 'source' });
    await owner.member.ok(updateImage, { region, imageId: SourceImageId, tags: { role: 'web' } });

    const { TargetImageId } = await owner.client.ok('CopyCustomImage', {
      SourceImageId,
      TargetProjectId: other,
      TargetRegion: otherRegion,
      TargetImageName: 'copy',
      TargetImageDescription: 'copied',
      TargetImageTag: 'copies',
    });

    const targetClient = owner.client.with({ Region: otherRegion, ProjectId: other });
    expect(await targetClient.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'copy', ImageDescription: 'copied', Tag: 'copies', State: 'Copying', Zone: `${otherRegion}-02` }],
    });
    expect(await owner.member.ok(getImage, { region: otherRegion, imageId: TargetImageId, project: other })).toMatchObject({
      tags: { role: 'web', Tag: 'copies' },
      owner: other,
    });
    expect(await owner.client.with({ Region: otherRegion }).ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      TotalCount: 0,
    });
  });

  it('keeps the name, description, tag and region of the image by default', async () => {
    const SourceImageId = await anImage(owner, { ImageName: 'source', ImageDescription: 'as it was', Tag: 'shop' });
    const { TargetImageId } = await owner.client.ok('CopyCustomImage', { SourceImageId, TargetProjectId: owner.project });
    expect(await owner.client.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'source', ImageDescription: 'as it was', Tag: 'shop' }],
    });
  });

  it('copies once to each of several regions, and returns the copies', async () => {
    const SourceImageId = await anImage(owner);
    const { Infos, TargetImageId } = await owner.client.ok('CopyCustomImage', {
      SourceImageId,
      TargetProjectId: owner.project,
      TargetRegionList: [otherRegion, region, otherRegion],
    });

    expect(TargetImageId).toBeUndefined();
    expect(idsIn(Infos, 'TargetRegion')).toEqual([otherRegion, region]);
    for (const info of Infos as Record<string, string>[]) {
      const targetClient = owner.client.with({ Region: info['TargetRegion'] });
      expect(await targetClient.ok('DescribeImage', { ImageId: info['TargetImageId'] })).toMatchObject({ TotalCount: 1 });
    }
  });

  it('creates no copy if one of them would fail, even if the call is repeated', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const targetClient = member.client.with({ Region: otherRegion });
    await inBatches(Array.from({ length: 30 }), () => targetClient.ok('ImportCustomImage', newImage));
    const SourceImageId = await anImage(member);

    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const parameters = { SourceImageId, TargetProjectId: member.project, TargetRegionList: [region, otherRegion] };
      expect(await member.client.call('CopyCustomImage', parameters)).toMatchObject({ RetCode: 8095 });
    }

    expect(await describeImages(member.client, { ImageType: 'Custom' })).toMatchObject({ TotalCount: 1 });
    expect(await describeImages(targetClient)).toMatchObject({ TotalCount: 30 });
  });

  it.each([
    [{ TargetProjectId: undefined }, 220, 'Missing params [TargetProjectId]'],
    [{ TargetProjectId: 'org-nowhere' }, 292, expect.any(String)],
    [{ TargetProjectId: '项目' }, 292, expect.any(String)],
    [{ TargetRegion: 'cn-hangzhou' }, 230, expect.stringMatching(/^Params \[TargetRegion\] not available: /)],
    [{ TargetRegionList: [region, 'mars'] }, 230, expect.stringMatching(/^Params \[TargetRegionList\.1\] not available: /)],
    [{ SourceImageId: 'uimage-nowhere' }, 8956, expect.any(String)],
    [{ SourceImageId: 'uimage-nowhere', TargetImageTag: 'a' }, 8956, expect.any(String)],
    [{ TargetImageName: 'a\nb' }, 230, expect.stringMatching(/^Params \[TargetImageName\] not available: /)],
  ])('refuses %j', async (parameters, RetCode, Message) => {
    const request = { SourceImageId: await anImage(recipient), TargetProjectId: recipient.project, ...parameters };
    expect(await recipient.client.call('CopyCustomImage', request)).toEqual({
      RetCode,
      Action: 'CopyCustomImageResponse',
      Message,
    });
  });

  it('refuses the project of another account with 292, and an image that is not available with 8961', async () => {
    const SourceImageId = await anImage(owner);
    const copy = (parameters: Record<string, unknown>) => owner.client.call('CopyCustomImage', { SourceImageId, ...parameters });

    expect(await copy({ TargetProjectId: recipient.project })).toMatchObject({ RetCode: 292 });
    const { TargetImageId } = await copy({ TargetProjectId: owner.project });
    expect(await copy({ SourceImageId: TargetImageId, TargetProjectId: owner.project })).toMatchObject({ RetCode: 8961 });
  });
});

describe('an unknown action', () => {
  it.each(['ModifyImageAttribute', 'RenameImage', 'describeimage', 'DescribeImage ', 'toString', '__proto__'])(
    '%s is refused with 161',
    async (Action) => {
      const { text } = await send(owner.client.request(Action), fetchFromService);
      expect(JSON.parse(text)).toMatchObject({ RetCode: 161, Message: `Action [${Action}] not found` });
    },
  );
});
