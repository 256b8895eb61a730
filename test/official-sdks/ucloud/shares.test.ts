import { cancelImageShares } from '../../../functions/cancel-image-shares.ts';
import { importImage } from '../../../functions/import-image.ts';
import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { putAccount } from '../../../functions/put-account.ts';
import { putProject } from '../../../functions/put-project.ts';
import { operator } from '../../support/api.ts';
import { anImageOf, freshId, inBatches, share } from '../../support/client.ts';
import { anImage, freshSigners, idsIn, newImage, region, type Signer } from './members.ts';

let owner: Signer;
let recipient: Signer;
let third: Signer;

beforeAll(async () => {
  [owner, recipient, third] = (await freshSigners(3)) as [Signer, Signer, Signer];
});

const modify = (ImageId: string, change: { AddProjects?: readonly unknown[]; RemoveProjects?: readonly unknown[] }) =>
  owner.client.call('ModifyImageShareProject', { ImageId, ...change });
const projectsOf = async (ImageId: string) =>
  idsIn((await owner.client.ok('DescribeImageShareProjects', { ImageId }))['ProjectSet'], 'ProjectId');

describe('ModifyImageShareProject', () => {
  describe('at the limit of recipients', () => {
    const projects: string[] = [];
    beforeAll(async () => {
      const api = operator();
      const account = freshId();
      await api.ok(putAccount, { accountId: account, name: account });
      await inBatches(
        Array.from({ length: 52 }, () => freshId('org-')),
        async (projectId) => {
          await api.ok(putProject, { accountId: account, projectId, name: projectId });
          projects.push(projectId);
        },
      );
    });

    const shareWith50 = async (ImageId: string) => {
      for (let start = 0; start < 50; start += 10) {
        expect(await modify(ImageId, { AddProjects: projects.slice(start, start + 10) })).toMatchObject({ RetCode: 0 });
      }
    };

    it('refuses the 51st project with 8095 and the limit in the message, and changes nothing', async () => {
      const ImageId = await anImage(owner);
      await shareWith50(ImageId);

      const refusal = await modify(ImageId, { AddProjects: [projects[50]] });
      expect(refusal).toMatchObject({ RetCode: 8095, Message: expect.stringContaining('50') });
      // An existing recipient doesn't count again. A call with a new one fails as a whole.
      expect(await modify(ImageId, { AddProjects: [projects[0]] })).toMatchObject({ RetCode: 0 });
      expect(await modify(ImageId, { AddProjects: [projects[0], projects[50]] })).toMatchObject({ RetCode: 8095 });
      expect(await modify(ImageId, { AddProjects: [projects[50], projects[51]], RemoveProjects: [projects[0]] })).toMatchObject({
        RetCode: 8095,
      });
      expect(new Set(await projectsOf(ImageId))).toEqual(new Set(projects.slice(0, 50)));
    });

    it('replaces one project with another in one call', async () => {
      const ImageId = await anImage(owner);
      await shareWith50(ImageId);

      expect(await modify(ImageId, { AddProjects: [projects[50]], RemoveProjects: [projects[0]] })).toMatchObject({ RetCode: 0 });
      expect(new Set(await projectsOf(ImageId))).toEqual(new Set(projects.slice(1, 51)));
    });
  });

  it('changes nothing when SDKs repeat a call that fails', async () => {
    const ImageId = await anImage(owner);
    const unknown = freshId('org-');

    for (let attempt = 1; attempt <= 4; attempt += 1) {
      const refusal = await modify(ImageId, { AddProjects: [recipient.project, unknown] });
      expect(refusal).toMatchObject({ RetCode: 292, Message: expect.stringContaining(unknown) });
    }

    expect(await projectsOf(ImageId)).toEqual([]);
    const { images } = await owner.member.ok(listImages, { region });
    expect(images.find(({ imageId }) => imageId === ImageId)).toMatchObject({ shareCount: 0 });
  });

  it('shares with another project of the same account', async () => {
    const other = freshId('org-');
    await operator().ok(putProject, { accountId: owner.member.account, projectId: other, name: 'other' });
    const ImageId = await anImage(owner);

    expect(await modify(ImageId, { AddProjects: [other] })).toMatchObject({ RetCode: 0 });

    const otherClient = owner.client.with({ ProjectId: other });
    expect(await otherClient.ok('DescribeSharingImages')).toMatchObject({
      ImageSet: [{ ImageId, Owner: { ProjectId: owner.project } }],
    });
    expect(await otherClient.call('ModifyImageShareProject', { ImageId, AddProjects: [third.project] })).toMatchObject({
      RetCode: 8956,
    });
  });

  it.each([
    ['the project of the owner', () => [owner.project], 8962],
    ['the id of an account', () => [recipient.member.account], 292],
    ['an invalid project id', () => ['项目'], 292],
    ['an id that is too long', () => ['x'.repeat(5_000)], 292],
    ['a value that is not a list', () => 'org-1' as never, 230],
    ['a list of objects', () => [{ Id: 'org-1' }], 230],
    ['more than 10 projects', () => Array.from({ length: 11 }, (_, index) => `org-${index}`), 230],
  ])('refuses %s', async (_, projects, RetCode) => {
    const ImageId = await anImage(owner);

    expect(await modify(ImageId, { AddProjects: projects() })).toMatchObject({ RetCode, Message: expect.any(String) });
    expect(await projectsOf(ImageId)).toEqual([]);
  });

  it('refuses a call without projects, and a project in both lists', async () => {
    const ImageId = await anImage(owner);
    const project = recipient.project;

    const missing = { RetCode: 220, Message: 'Missing params [AddProjects]' };
    expect(await modify(ImageId, {})).toMatchObject(missing);
    const empty = { ImageId, AddProjects: [], RemoveProjects: [] };
    expect(await owner.client.withShape('nested JSON').call('ModifyImageShareProject', empty)).toMatchObject(missing);
    expect(await modify(ImageId, { AddProjects: [project], RemoveProjects: [project] })).toEqual({
      RetCode: 230,
      Action: 'ModifyImageShareProjectResponse',
      Message: 'Params [RemoveProjects] not available: must not contain a project of AddProjects',
    });
    expect(await modify(ImageId, { AddProjects: [project, project] })).toMatchObject({ RetCode: 0 });
    expect(await projectsOf(ImageId)).toEqual([project]);
  });

  it('ignores the removal of a project without a share', async () => {
    expect(await modify(await anImage(owner), { RemoveProjects: [recipient.project] })).toMatchObject({ RetCode: 0 });
  });

  it('refuses an image of a lightweight host with 8961', async () => {
    const lightweight = await owner.member.ok(importImage, {
      region,
      name: 'light',
      sizeGiB: 20,
      product: 'lightweight',
    });
    expect(await modify(lightweight.imageId, { AddProjects: [recipient.project] })).toMatchObject({ RetCode: 8961 });
  });

  it('shares only the system disk of an image', async () => {
    const { imageId } = await anImageOf(owner.member, region, { disks: [{ sizeGiB: 40 }] });
    await modify(imageId, { AddProjects: [recipient.project] });

    const { client } = recipient;
    expect(await client.ok('DescribeSharingImages', { ImageId: imageId })).toMatchObject({ ImageSet: [{ ImageSize: 20 }] });
    const { UHostIds } = await client.ok('CreateUHostInstance', { Zone: 'z', ImageId: imageId, LoginMode: 'Password' });
    expect(await client.ok('DescribeUHostInstance', { UHostIds })).toMatchObject({
      UHostSet: [{ DiskSet: [{ IsBoot: 'True', Size: 20 }], TotalDiskSpace: 0 }],
    });
  });
});

describe('DescribeSharingImages', () => {
  it('lists only images that others share, latest share first, with pages', async () => {
    const [reader] = (await freshSigners(1)) as [Signer];
    const ids: string[] = [];
    for (const ImageName of ['one', 'two', 'three']) {
      const ImageId = await anImage(owner, { ImageName });
      await modify(ImageId, { AddProjects: [reader.project] });
      ids.unshift(ImageId);
    }
    const ownedId = await anImage(reader);
    const describePage = async (parameters: Record<string, unknown>) => {
      const { TotalCount, ImageSet } = await reader.client.ok('DescribeSharingImages', parameters);
      return { TotalCount, ids: idsIn(ImageSet, 'ImageId') };
    };

    expect(await describePage({})).toEqual({ TotalCount: 3, ids });
    expect(await describePage({ Limit: 2 })).toEqual({ TotalCount: 3, ids: ids.slice(0, 2) });
    expect(await describePage({ Offset: 2, Limit: 2 })).toEqual({ TotalCount: 3, ids: ids.slice(2) });
    expect(await describePage({ Offset: 3 })).toEqual({ TotalCount: 3, ids: [] });
    expect(await describePage({ Limit: 0 })).toEqual({ TotalCount: 3, ids: [] });
    expect(await describePage({ ImageId: ids[1] })).toEqual({ TotalCount: 1, ids: [ids[1]] });
    expect(await describePage({ ImageId: ownedId })).toEqual({ TotalCount: 0, ids: [] });
    expect(await reader.client.call('DescribeSharingImages', { Limit: 101 })).toMatchObject({
      RetCode: 230,
      Message: expect.stringMatching(/^Params \[Limit\] not available: /),
    });
  });
});

describe('the HTTP API and the API of UCloud', () => {
  it('show the same shares, no matter which of them created the share', async () => {
    const sharedByUCloud = await anImage(owner, { ImageName: 'a' });
    const sharedByHttp = await anImage(owner, { ImageName: 'b' });

    await modify(sharedByUCloud, { AddProjects: [recipient.project] });
    await share(owner.member, { region, imageId: sharedByHttp }, [recipient.project, third.project]);

    const { shares } = await owner.member.ok(listImageShares, { region, imageId: sharedByUCloud });
    expect(shares).toMatchObject([{ recipient: recipient.project }]);
    expect((await projectsOf(sharedByHttp)).sort()).toEqual([recipient.project, third.project].sort());
    const { images } = await recipient.member.ok(listImages, { region, scope: 'shared' });
    expect(images.map(({ imageId }) => imageId)).toEqual(expect.arrayContaining([sharedByUCloud, sharedByHttp]));
    const response = await third.client.ok('DescribeImage', { ImageType: 'Shared' });
    expect(idsIn(response['ImageSet'], 'ImageId')).toContain(sharedByHttp);
    const [{ sharedAt = '' } = {}] = (await owner.member.ok(listImageShares, { region, imageId: sharedByHttp })).shares;
    expect(await owner.client.ok('DescribeImageShareProjects', { ImageId: sharedByHttp })).toMatchObject({
      ProjectSet: [{ ShareTime: Math.floor(Date.parse(sharedAt) / 1_000) }, {}],
    });

    await owner.member.ok(cancelImageShares, { region, imageId: sharedByUCloud, all: true });
    await modify(sharedByHttp, { RemoveProjects: [third.project] });
    expect(await projectsOf(sharedByUCloud)).toEqual([]);
    expect((await owner.member.ok(listImageShares, { region, imageId: sharedByHttp })).shares).toHaveLength(1);
  });

  it('record the key that created a share', async () => {
    const ImageId = await anImage(owner, newImage);
    await modify(ImageId, { AddProjects: [recipient.project] });

    const { shares } = await owner.member.ok(listImageShares, { region, imageId: ImageId });
    expect(shares).toMatchObject([{ sharedBy: `${owner.member.account}/${owner.client.keyId}` }]);
  });
});
