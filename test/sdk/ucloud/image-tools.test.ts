/**
 * What ucloud-cli, Packer's builder ucloud-uhost, and Terraform's provider call to set themselves up and around images. Sources:
 * github.com/ucloud/ucloud-cli, hashicorp/packer-plugin-ucloud, ucloud/terraform-provider-ucloud.
 */
import { putAccount } from '../../../functions/put-account.ts';
import { putProject } from '../../../functions/put-project.ts';
import { freshId } from '../../support/client.ts';
import { apiOf, clock, fetchInProcess, operator } from '../../support/in-process.ts';
import { keyOf } from '../keys.ts';
import { Client } from './client.ts';
import { aHost, anImage, freshSigners, makeAvailable, region, type Signer, valuesIn } from './members.ts';
import type { Fields } from './requests.ts';

let owner: Signer;

beforeAll(async () => {
  [owner] = (await freshSigners(1)) as [Signer];
});

describe('GetRegion', () => {
  const regions = [
    {
      RegionId: 1,
      RegionName: '华北（北京2）可用区B',
      IsDefault: true,
      BitMaps: '',
      Region: 'cn-bj2',
      Zone: 'cn-bj2-02',
    },
    {
      RegionId: 2,
      RegionName: '华东（上海2）可用区B',
      IsDefault: false,
      BitMaps: '',
      Region: 'cn-sh2',
      Zone: 'cn-sh2-02',
    },
  ];

  it.each([
    ['without a region or project, as ucloud init', { Region: undefined }],
    ['with empty ones', { Region: '', ProjectId: '' }],
    ['with those of Packer and Terraform', { Region: region, ProjectId: 'org-1' }],
  ])('lists the regions of UCloud with their zone, %s', async (_, common) => {
    expect(await owner.client.with(common).call('GetRegion')).toEqual({
      RetCode: 0,
      Action: 'GetRegionResponse',
      Regions: regions,
    });
  });

  it('has the zones of images and hosts', async () => {
    const ImageId = await anImage(owner);
    const { Regions } = await owner.client.ok('GetRegion');
    const [{ Zone }] = Regions as [{ Zone: string }];

    const UHostId = await aHost(owner, { ImageId, Zone });

    expect(await owner.client.ok('DescribeImage', { ImageId, Zone })).toMatchObject({ ImageSet: [{ Zone }] });
    expect(await owner.client.ok('DescribeUHostInstance', { UHostIds: [UHostId], Zone })).toMatchObject({ UHostSet: [{ Zone }] });
  });
});

describe('GetUserInfo', () => {
  it.each([
    ['100000000001', { UserId: 100_000_000_001, UserName: 'Acme' }],
    ['9'.repeat(15), { UserId: 999_999_999_999_999, UserName: 'Acme' }],
    ['007', { UserName: 'Acme' }],
    ['acme', { UserName: 'Acme' }],
    ['1e3', { UserName: 'Acme' }],
    ['9'.repeat(16), { UserName: 'Acme' }],
  ])('returns what is known of account %s', async (accountId, user) => {
    await operator().ok(putAccount, { accountId, name: 'Acme' });
    const client = new Client(fetchInProcess, await keyOf(apiOf({ account: accountId }) as never));

    expect(await client.call('GetUserInfo')).toEqual({ RetCode: 0, Action: 'GetUserInfoResponse', DataSet: [user] });
  });
});

describe('GetProjectList', () => {
  it.each([{}, { IsFinance: 'yes' }, { IsFinance: 'No' }])('lists the projects for %j', async (parameters) => {
    expect(await owner.client.ok('GetProjectList', parameters)).toMatchObject({
      ProjectCount: 1,
      ProjectSet: [{ ProjectId: owner.project, IsDefault: true }],
    });
  });
});

describe('a project that cannot exist', () => {
  it.each(['项目', 'org 1'])('is refused like one that does not exist: %s', async (ProjectId) => {
    for (const action of ['DescribeImage', 'GetProjectList']) {
      expect(await owner.client.call(action, { ProjectId })).toMatchObject({ RetCode: 292 });
    }
  });
});

describe('lists', () => {
  /** Images and hosts, the newest first. */
  let images: string[];
  let hosts: string[];
  let lister: Signer;

  beforeAll(async () => {
    [lister] = (await freshSigners(1)) as [Signer];
    [images, hosts] = [[], []];
    for (let count = 0; count < 25; count += 1) {
      clock.at = new Date(clock.at.getTime() + 1_000);
      const ImageId = await anImage(lister, { ImageName: `web-${count}` });
      images.unshift(ImageId);
      hosts.unshift(await aHost(lister, { ImageId }));
    }
  });

  it.each([100, 500, 1_000])(
    'of images have everything on one page of %i, the newest first, as ucloud image list',
    async (Limit) => {
      const parameters = { Zone: '', ImageType: 'Custom', OsType: '', ImageId: '', Offset: 0, Limit };
      const { TotalCount, ImageSet } = await lister.client.ok('DescribeImage', parameters);

      expect({ TotalCount, ids: valuesIn(ImageSet, 'ImageId') }).toEqual({ TotalCount: 25, ids: images });
    },
  );

  it('are the same images and hosts in pages', async () => {
    const idsIn = async (action: string, list: string, id: string, parameters: Fields) => {
      const ids: unknown[] = [];
      for (let Offset = 0; Offset <= 30; Offset += 10) {
        const answer = await lister.client.ok(action, { ...parameters, Offset, Limit: 10 });
        expect(answer['TotalCount']).toBe(25);
        ids.push(...valuesIn(answer[list], id));
      }
      return ids;
    };

    expect(await idsIn('DescribeImage', 'ImageSet', 'ImageId', { ImageType: 'Custom' })).toEqual(images);
    expect(await idsIn('DescribeUHostInstance', 'UHostSet', 'UHostId', { Zone: '' })).toEqual(hosts);
  });

  it('have 20 entries by default', async () => {
    const answer = await lister.client.ok('DescribeImage', { ImageType: 'Custom' });

    expect(valuesIn(answer['ImageSet'], 'ImageId')).toEqual(images.slice(0, 20));
  });
});

describe("the calls of Packer's builder", () => {
  it('make an image, copy it, and delete all of it', async () => {
    const { client, project } = owner;
    const target = freshId('org-');
    await operator().ok(putProject, { accountId: owner.member.account, projectId: target, name: 'target' });
    const source = await anImage(owner);
    const [image] = (await client.ok('DescribeImage', { ImageId: source }))['ImageSet'] as [Fields];
    expect(image).toMatchObject({ OsType: 'Linux', Features: [], ImageSize: 20 });

    const { UHostIds } = await client.ok('CreateUHostInstance', {
      ...{
        CPU: 2,
        Memory: 4096,
        Name: 'packer',
        LoginMode: 'Password',
        Zone: 'cn-bj2-02',
        ImageId: source,
        ChargeType: 'Dynamic',
      },
      ...{ Password: 'VUNsb3VkLmNu', MinimalCpuPlatform: 'Intel/Auto', MachineType: 'N', SecurityGroupId: 'firewall-1' },
      Disks: [{ IsBoot: 'true', Size: image['ImageSize'], Type: 'CLOUD_SSD' }],
      NetworkInterface: [{ EIP: { Bandwidth: 30, PayMode: 'Traffic', OperatorName: 'Bgp' } }],
    });
    const [UHostId] = UHostIds as [string];
    expect(await client.ok('DescribeUHostInstance', { UHostIds })).toMatchObject({
      UHostSet: [{ State: 'Running', BootDiskState: 'Normal' }],
    });

    const { ImageId } = await client.ok('CreateCustomImage', { UHostId, ImageName: 'packer', ImageDescription: 'built' });
    expect(await client.ok('DescribeImage', { ImageId })).toMatchObject({ ImageSet: [{ State: 'Making' }] });
    await makeAvailable(ImageId);
    expect(await client.ok('DescribeImage', { ImageId })).toMatchObject({ ImageSet: [{ State: 'Available' }] });

    const { TargetImageId } = await client.ok('CopyCustomImage', {
      ...{ SourceImageId: ImageId, TargetProjectId: target, TargetRegion: 'cn-sh2' },
      ...{ TargetImageName: 'packer', TargetImageDescription: '' },
    });
    const inTarget = client.with({ ProjectId: target, Region: 'cn-sh2' });
    expect(await inTarget.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({ ImageSet: [{ State: 'Copying' }] });
    await makeAvailable(TargetImageId, 'cn-sh2');

    await client.ok('TerminateUHostInstance', { UHostId, ReleaseUDisk: true, ReleaseEIP: true });
    expect(await client.ok('DescribeUHostInstance', { UHostIds })).toMatchObject({ TotalCount: 0, UHostSet: [] });
    await inTarget.ok('TerminateCustomImage', { ImageId: TargetImageId });
    await client.with({ ProjectId: project }).ok('TerminateCustomImage', { ImageId });
    expect(await inTarget.ok('DescribeImage', { ImageId: TargetImageId })).toMatchObject({ TotalCount: 0 });
  });
});
