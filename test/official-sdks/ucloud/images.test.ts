import { getImage } from '../../../functions/get-image.ts';
import { putProject } from '../../../functions/put-project.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { updateImage } from '../../../functions/update-image.ts';
import { send } from '../../sdk/wire-request.ts';
import { fetchFromService, operator } from '../../support/api.ts';
import { anImageOf, freshId, inBatches } from '../../support/client.ts';
import type { Client } from './client.ts';
import { anImage, elsewhere, freshSigners, idsIn, imported, makeAvailable, region, type Signer } from './members.ts';

let owner: Signer;
let recipient: Signer;

beforeAll(async () => {
  [owner, recipient] = (await freshSigners(2)) as [Signer, Signer];
});

const listed = async (client: Client, parameters: Record<string, unknown> = {}) => {
  const { TotalCount, ImageSet } = await client.ok('DescribeImage', parameters);
  return { TotalCount, ids: idsIn(ImageSet, 'ImageId') };
};

describe('ImportCustomImage', () => {
  it('makes an image of 20 GB that is available at once', async () => {
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

  it.each([true, 'true', 'True', 1, '1'])('takes %j as the permission that it asks for', async (Auth) => {
    expect(await owner.client.call('ImportCustomImage', { ...imported, Auth })).toMatchObject({ RetCode: 0 });
  });

  it.each([
    [{ Auth: false }, 230, 'Params [Auth] not available: must be true'],
    [{ Auth: 'no' }, 230, 'Params [Auth] not available: must be true'],
    [{ Auth: undefined }, 220, 'Missing params [Auth]'],
    [{ ImageName: undefined }, 220, 'Missing params [ImageName]'],
    [{ ImageName: '' }, 220, 'Missing params [ImageName]'],
    [{ ImageName: ' ' }, 230, 'Params [ImageName] not available: must not be blank'],
    [{ ImageName: 'a\nb' }, 230, 'Params [ImageName] not available: must be a single line'],
    [{ ImageName: 'x'.repeat(129) }, 230, 'Params [ImageName] not available: must be at most 128 bytes in UTF-8'],
    [{ ImageDescription: '镜'.repeat(257) }, 230, 'Params [ImageDescription] not available: must be at most 768 bytes in UTF-8'],
    [{ OsName: 'x'.repeat(33) }, 230, 'Params [OsName] not available: must be at most 32 bytes in UTF-8'],
    [{ Tag: 'x'.repeat(65) }, 230, 'Params [Tag] not available: must be at most 64 bytes in UTF-8'],
    [{ Format: 'ISO' }, 230, 'Params [Format] not available: must be RAW, VHD, VMDK or qcow2'],
    [{ UFileUrl: undefined }, 220, 'Missing params [UFileUrl]'],
    [{ ImageName: true }, 230, 'Params [ImageName] not available: must be a text'],
    [{ Region: undefined }, 220, 'Missing params [Region]'],
    [
      { Region: 'cn-hangzhou' },
      230,
      "Params [Region] not available: cn-hangzhou is not a region of UCloud's in this installation",
    ],
    [{ Region: 'mars' }, 230, "Params [Region] not available: mars is not a region of UCloud's in this installation"],
  ])('refuses %j', async (parameters, RetCode, Message) => {
    expect(await owner.client.call('ImportCustomImage', { ...imported, ...parameters })).toEqual({
      RetCode,
      Action: 'ImportCustomImageResponse',
      Message,
    });
  });

  it('ignores what it does not know', async () => {
    const more = { Color: 'red', Deep: [{ Er: 1 }], Zone: 'cn-bj2-04', __proto__x: 1 };
    expect(await owner.client.call('ImportCustomImage', { ...imported, ...more })).toMatchObject({ RetCode: 0 });
  });

  it('refuses the 31st image of a project in a region with 8095', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    await inBatches(Array.from({ length: 30 }), () => anImage(member));

    expect(await member.client.call('ImportCustomImage', imported)).toMatchObject({ RetCode: 8095 });
    expect(await listed(member.client, { ImageType: 'Custom' })).toMatchObject({ TotalCount: 30, ids: { length: 20 } });
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
    const provided = { region, imageId: ids['public'], name: 'public', sizeGiB: 20, os: 'Ubuntu 24.04' };
    await operator().ok(putPublicImage, provided);
  });

  const idsOf = async (parameters: Record<string, unknown>) => (await listed(reader.client, parameters)).ids;

  it('tells images of every type where none is stated: own, shared, then public ones', async () => {
    const all = await idsOf({ Limit: 1_000 });
    expect(all.slice(0, 3)).toEqual([ids['linux'], ids['windows'], ids['shared']]);
    expect(all).toContain(ids['public']);
  });

  it('tells images of one type', async () => {
    expect(await listed(reader.client, { ImageType: 'Custom' })).toEqual({ TotalCount: 2, ids: [ids['linux'], ids['windows']] });
    expect(await listed(reader.client, { ImageType: 'Shared' })).toEqual({ TotalCount: 1, ids: [ids['shared']] });
    expect(await idsOf({ ImageType: 'Base', Limit: 1_000 })).toContain(ids['public']);
    expect(await listed(reader.client, { ImageType: 'Business' })).toEqual({ TotalCount: 0, ids: [] });
    const [{ ImageType }] = (await reader.client.ok('DescribeImage', { ImageId: ids['public'] }))['ImageSet'] as [
      Record<string, unknown>,
    ];
    expect(ImageType).toBe('Base');
  });

  it('tells images that are named, and leaves out those that are not there', async () => {
    const hidden = await anImage(owner);
    expect(await listed(reader.client, { ImageId: ids['shared'] })).toEqual({ TotalCount: 1, ids: [ids['shared']] });
    expect(await idsOf({ ImageIds: [ids['windows'], hidden, ids['linux'], 'uimage-nowhere', ids['windows']] })).toEqual([
      ids['windows'],
      ids['linux'],
    ]);
    expect(await idsOf({ ImageIds: [ids['windows'], ids['shared']], ImageType: 'Shared' })).toEqual([ids['shared']]);
    expect(await idsOf({ ImageId: ids['windows'], ImageIds: [ids['shared']] })).toEqual([ids['windows'], ids['shared']]);
  });

  it('tells images of one system or tag', async () => {
    expect(await idsOf({ ImageType: 'Custom', OsType: 'Windows' })).toEqual([ids['windows']]);
    expect(await idsOf({ ImageType: 'Custom', OsType: 'Linux' })).toEqual([ids['linux']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'shop' })).toEqual([ids['windows']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'Default' })).toEqual([ids['linux']]);
    expect(await idsOf({ ImageType: 'Custom', Tag: 'other' })).toEqual([]);
  });

  it('cuts what it found by number, and counts all of it', async () => {
    expect(await listed(reader.client, { ImageType: 'Custom', Limit: 1 })).toEqual({ TotalCount: 2, ids: [ids['linux']] });
    expect(await listed(reader.client, { ImageType: 'Custom', Offset: '1', Limit: '1' })).toEqual({
      TotalCount: 2,
      ids: [ids['windows']],
    });
    expect(await listed(reader.client, { ImageType: 'Custom', Offset: 2 })).toEqual({ TotalCount: 2, ids: [] });
  });

  it('tells only images of the region and the project', async () => {
    expect((await listed(reader.client, { Region: elsewhere, ImageType: 'Custom' })).ids).toEqual([]);
    const other = freshId('org-');
    await operator().ok(putProject, { accountId: reader.member.account, projectId: other, name: 'other' });
    expect(await idsOf({ ProjectId: other, ImageType: 'Custom' })).toEqual([]);
    expect(await idsOf({ ProjectId: reader.project, ImageType: 'Custom' })).toHaveLength(2);
  });

  it.each(['org-nowhere', '项目', 'x'.repeat(2_000)])('refuses the project %s with 292', async (ProjectId) => {
    expect(await reader.client.call('DescribeImage', { ProjectId })).toMatchObject({ RetCode: 292 });
    expect(await reader.client.call('DescribeImage', { ProjectId: owner.project })).toMatchObject({ RetCode: 292 });
  });

  it.each(['Base', 'Business', 'Custom', 'Shared', undefined])('wants a known region and project for %s images', async (type) => {
    const refused = async (parameters: Record<string, unknown>) =>
      (await reader.client.call('DescribeImage', { ImageType: type, ...parameters })).RetCode;
    expect(await refused({ Region: undefined })).toBe(220);
    expect(await refused({ Region: 'mars' })).toBe(230);
    expect(await refused({ ProjectId: 'org-nowhere' })).toBe(292);
  });

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
  it('makes an image of a host, in the making until the compute platform reports it', async () => {
    const { imageId } = await anImageOf(owner.member, region, { disks: [{ sizeGiB: 40 }] });
    const { UHostIds } = await owner.client.ok('CreateUHostInstance', { Zone: 'z', ImageId: imageId, LoginMode: 'Password' });
    const [UHostId] = UHostIds as [string];

    const made = await owner.client.ok('CreateCustomImage', {
      UHostId,
      ImageName: 'made',
      ImageDescription: 'of a host',
      Tag: 'shop',
      DataUDiskIds: ['bsm-1'],
    });

    const { ImageId } = made;
    expect(made).toMatchObject({ ImageId: expect.stringMatching(/^uimage-/), DataSnapshotIds: [] });
    expect(await owner.client.ok('DescribeImage', { ImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'made', ImageDescription: 'of a host', Tag: 'shop', State: 'Making' }],
    });
    expect(await owner.client.call('ModifyImageShareProject', { ImageId, AddProjects: [recipient.project] })).toMatchObject({
      RetCode: 8961,
    });
    await makeAvailable(ImageId);
    expect(await owner.client.ok('DescribeImage', { ImageId })).toMatchObject({ ImageSet: [{ State: 'Available' }] });
  });

  it('refuses a host that is not there, or of somebody else, with 8039', async () => {
    const ImageId = await anImage(recipient);
    const { UHostIds } = await recipient.client.ok('CreateUHostInstance', { Zone: 'z', ImageId, LoginMode: 'Password' });
    for (const UHostId of ['uhost-nowhere', ...(UHostIds as string[])]) {
      expect(await owner.client.call('CreateCustomImage', { UHostId, ImageName: 'made' })).toMatchObject({ RetCode: 8039 });
    }
  });
});

describe('CopyCustomImage', () => {
  it('copies to another project and region of the account, with a name, description and tag of its own', async () => {
    const other = freshId('org-');
    await operator().ok(putProject, { accountId: owner.member.account, projectId: other, name: 'other' });
    const SourceImageId = await anImage(owner, { ImageDescription: 'source' });
    await owner.member.ok(updateImage, { region, imageId: SourceImageId, tags: { role: 'web' } });

    const { TargetImageId } = await owner.client.ok('CopyCustomImage', {
      SourceImageId,
      TargetProjectId: other,
      TargetRegion: elsewhere,
      TargetImageName: 'copy',
      TargetImageDescription: 'copied',
      TargetImageTag: 'copies',
    });

    const there = owner.client.with({ Region: elsewhere, ProjectId: other });
    expect(await there.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'copy', ImageDescription: 'copied', Tag: 'copies', State: 'Copying', Zone: `${elsewhere}-02` }],
    });
    expect(await owner.member.ok(getImage, { region: elsewhere, imageId: TargetImageId, project: other })).toMatchObject({
      tags: { role: 'web', Tag: 'copies' },
      owner: other,
    });
    expect(await owner.client.with({ Region: elsewhere }).ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      TotalCount: 0,
    });
  });

  it('takes name, description and tag of the image where none is stated, and its region', async () => {
    const SourceImageId = await anImage(owner, { ImageName: 'source', ImageDescription: 'as it was', Tag: 'shop' });
    const { TargetImageId } = await owner.client.ok('CopyCustomImage', { SourceImageId, TargetProjectId: owner.project });
    expect(await owner.client.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({
      ImageSet: [{ ImageName: 'source', ImageDescription: 'as it was', Tag: 'shop' }],
    });
  });

  it('copies to several regions, each once, and names the copies', async () => {
    const SourceImageId = await anImage(owner);
    const { Infos, TargetImageId } = await owner.client.ok('CopyCustomImage', {
      SourceImageId,
      TargetProjectId: owner.project,
      TargetRegionList: [elsewhere, region, elsewhere],
    });

    expect(TargetImageId).toBeUndefined();
    expect(idsIn(Infos, 'TargetRegion')).toEqual([elsewhere, region]);
    for (const info of Infos as Record<string, string>[]) {
      const there = owner.client.with({ Region: info['TargetRegion'] });
      expect(await there.ok('DescribeImage', { ImageId: info['TargetImageId'] })).toMatchObject({ TotalCount: 1 });
    }
  });

  it('makes no copy where one of them would be refused, however often the call is repeated', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const there = member.client.with({ Region: elsewhere });
    await inBatches(Array.from({ length: 30 }), () => there.ok('ImportCustomImage', imported));
    const SourceImageId = await anImage(member);

    for (let time = 1; time <= 4; time += 1) {
      const parameters = { SourceImageId, TargetProjectId: member.project, TargetRegionList: [region, elsewhere] };
      expect(await member.client.call('CopyCustomImage', parameters)).toMatchObject({ RetCode: 8095 });
    }

    expect(await listed(member.client, { ImageType: 'Custom' })).toMatchObject({ TotalCount: 1 });
    expect(await listed(there)).toMatchObject({ TotalCount: 30 });
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
    const stated = { SourceImageId: await anImage(recipient), TargetProjectId: recipient.project, ...parameters };
    expect(await recipient.client.call('CopyCustomImage', stated)).toEqual({
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

describe('what UCloud publishes no call for', () => {
  it.each(['ModifyImageAttribute', 'RenameImage', 'describeimage', 'DescribeImage ', 'toString', '__proto__'])(
    'there is no %s',
    async (Action) => {
      const { text } = await send(owner.client.request(Action), fetchFromService);
      expect(JSON.parse(text)).toMatchObject({ RetCode: 161, Message: `Action [${Action}] not found` });
    },
  );
});
