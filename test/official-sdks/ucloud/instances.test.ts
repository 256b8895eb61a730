import { importImage } from '../../../functions/import-image.ts';
import { listInstances } from '../../../functions/list-instances.ts';
import { putProject } from '../../../functions/put-project.ts';
import { operator } from '../../support/api.ts';
import { freshId } from '../../support/client.ts';
import { anImage, freshSigners, idsIn, region, type Signer } from './members.ts';

let owner: Signer;
let other: Signer;

beforeAll(async () => {
  [owner, other] = (await freshSigners(2)) as [Signer, Signer];
});

const requiredParameters = { Zone: 'cn-bj2-02', LoginMode: 'Password' };
const describeHosts = async ({ client }: Signer, parameters: Record<string, unknown> = {}) => {
  const { TotalCount, UHostSet } = await client.ok('DescribeUHostInstance', parameters);
  return { TotalCount, ids: idsIn(UHostSet, 'UHostId') };
};
const launch = async ({ client }: Signer, parameters: Record<string, unknown>) =>
  (await client.ok('CreateUHostInstance', { ...requiredParameters, ...parameters }))['UHostIds'] as string[];

describe('CreateUHostInstance', () => {
  it('launches the requested number of hosts, and returns their ids', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const ImageId = await anImage(member);

    const ids = await launch(member, { ImageId, MaxCount: 3 });

    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => /^uhost-[a-z0-9]{12}$/.test(id))).toBe(true);
    const { instances } = await member.member.ok(listInstances, { region });
    expect(new Set(instances.map(({ instanceId }) => instanceId))).toEqual(new Set(ids));
    expect(new Set((await describeHosts(member)).ids)).toEqual(new Set(ids));
  });

  it('accepts the documented parameters, including older ones', async () => {
    const ImageId = await anImage(owner);
    const documented = {
      ImageId,
      ...requiredParameters,
      Password: 'VUNsb3VkLmNu',
      Disks: [{ IsBoot: true, Type: 'CLOUD_SSD', Size: 20 }],
      Name: 'Host01',
      CPU: 2,
      Memory: 2048,
      ChargeType: 'Month',
      Quantity: 1,
      MachineType: 'N',
      NetworkInterface: [{ EIP: { Bandwidth: 2, PayMode: 'Bandwidth', OperatorName: 'Bgp' } }],
    };
    expect(await owner.client.ok('CreateUHostInstance', documented)).toMatchObject({ UHostIds: { length: 1 }, IPs: [] });
    const { Disks: _, ...withoutDisks } = documented;
    expect(await owner.client.ok('CreateUHostInstance', { ...withoutDisks, UHostType: 'N2' })).toMatchObject({
      UHostIds: { length: 1 },
    });
  });

  it('launches no hosts if it fails, even if the call is repeated', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const ImageId = await anImage(other);

    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect(await member.client.call('CreateUHostInstance', { ...requiredParameters, ImageId, MaxCount: 5 })).toMatchObject({
        RetCode: 8956,
      });
    }
    expect(await describeHosts(member)).toEqual({ TotalCount: 0, ids: [] });
  });

  it('refuses an image of lightweight hosts with 8961', async () => {
    const { imageId } = await owner.member.ok(importImage, { region, name: 'light', sizeGiB: 20, product: 'lightweight' });
    expect(await owner.client.call('CreateUHostInstance', { ...requiredParameters, ImageId: imageId })).toMatchObject({
      RetCode: 8961,
    });
  });

  it.each([
    [{ ImageId: undefined }, 220, 'Missing params [ImageId]'],
    [{ Zone: undefined }, 220, 'Missing params [Zone]'],
    [{ LoginMode: undefined }, 220, 'Missing params [LoginMode]'],
    [{ MaxCount: 0 }, 230, expect.stringMatching(/^Params \[MaxCount\] not available: /)],
    [{ MaxCount: 51 }, 230, expect.stringMatching(/^Params \[MaxCount\] not available: /)],
    [{ MaxCount: 'many' }, 230, 'Params [MaxCount] not available: must be an integer (got "many")'],
    [{ ImageId: '镜像' }, 230, expect.stringMatching(/^Params \[ImageId\] not available: /)],
    [{ ImageId: 'uimage-nowhere' }, 8956, expect.any(String)],
    [{ ProjectId: 'org-nowhere' }, 292, expect.any(String)],
  ])('refuses %j', async (parameters, RetCode, Message) => {
    const request = { ...requiredParameters, ImageId: 'uimage-1', ...parameters };
    expect(await owner.client.call('CreateUHostInstance', request)).toEqual({
      RetCode,
      Action: 'CreateUHostInstanceResponse',
      Message,
    });
  });
});

describe('DescribeUHostInstance', () => {
  it('lists own hosts, with pages and by id', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const ImageId = await anImage(member);
    await launch(member, { ImageId, MaxCount: 3 });
    const { TotalCount, ids } = await describeHosts(member);
    const otherHosts = await launch(other, { ImageId: await anImage(other) });

    expect(TotalCount).toBe(3);
    expect(await describeHosts(member, { Limit: 2 })).toEqual({ TotalCount: 3, ids: ids.slice(0, 2) });
    expect(await describeHosts(member, { Limit: 2, Offset: 2 })).toEqual({ TotalCount: 3, ids: ids.slice(2) });
    expect(await describeHosts(member, { UHostIds: [ids[2], ...otherHosts, 'uhost-nowhere', ids[0]] })).toEqual({
      TotalCount: 2,
      ids: [ids[2], ids[0]],
    });
    expect(await describeHosts(member, { Tag: 'Default' })).toMatchObject({ TotalCount: 3 });
    expect(await describeHosts(member, { Tag: 'shop' })).toEqual({ TotalCount: 0, ids: [] });
    expect(await member.client.call('DescribeUHostInstance', { Limit: 101 })).toMatchObject({ RetCode: 230 });
    expect(await member.client.call('DescribeUHostInstance', { UHostIds: ['$'] })).toMatchObject({
      RetCode: 230,
      Message: expect.stringContaining('[UHostIds.0]'),
    });
  });
});

describe('ReinstallUHostInstance', () => {
  it('reinstalls a host from another image, or from its own by default', async () => {
    const [first, second] = [await anImage(owner), await anImage(owner, { OsName: 'Windows 2019 64位' })];
    const [UHostId] = (await launch(owner, { ImageId: first })) as [string];
    const describeHost = async () => (await owner.client.ok('DescribeUHostInstance', { UHostIds: [UHostId] }))['UHostSet'];

    const success = { RetCode: 0, Action: 'ReinstallUHostInstanceResponse', UHostId };
    expect(await owner.client.call('ReinstallUHostInstance', { UHostId, ImageId: second })).toEqual(success);
    expect(await describeHost()).toMatchObject([{ BasicImageId: second, OsType: 'Windows', OsName: 'Windows 2019 64位' }]);
    expect(await owner.client.call('ReinstallUHostInstance', { UHostId, Password: 'VUNsb3VkLmNu' })).toEqual(success);

    await owner.client.ok('TerminateCustomImage', { ImageId: second });
    expect(await owner.client.call('ReinstallUHostInstance', { UHostId })).toMatchObject({ RetCode: 8956 });
    expect(await describeHost()).toMatchObject([{ BasicImageId: second }]);
  });

  it('refuses hosts and images that the caller cannot see', async () => {
    const ImageId = await anImage(owner);
    const [UHostId] = (await launch(owner, { ImageId })) as [string];

    const reinstall = ({ client }: Signer, parameters: Record<string, unknown>) =>
      client.call('ReinstallUHostInstance', parameters);
    expect(await reinstall(other, { UHostId, ImageId })).toMatchObject({ RetCode: 8039 });
    expect(await reinstall(other, { UHostId })).toMatchObject({ RetCode: 8039 });
    expect(await reinstall(owner, { UHostId, ImageId: await anImage(other) })).toMatchObject({ RetCode: 8956 });
    expect(await reinstall(owner, { ImageId })).toMatchObject({ RetCode: 220, Message: 'Missing params [UHostId]' });
    expect(await other.client.call('TerminateUHostInstance', { UHostId })).toMatchObject({ RetCode: 8039 });
    expect(await describeHosts(owner, { UHostIds: [UHostId] })).toMatchObject({ TotalCount: 1 });
  });
});

describe('GetProjectList', () => {
  it('lists the projects of an account and marks the default one, without a region', async () => {
    const [member] = (await freshSigners(1)) as [Signer];
    const second = freshId('org-');
    await operator().ok(putProject, { accountId: member.member.account, projectId: second, name: 'second' });
    await anImage(member);
    await anImage(member);

    const { ProjectCount, ProjectSet } = await member.client.with({ Region: undefined }).ok('GetProjectList');

    expect(ProjectCount).toBe(2);
    const common = { CreateTime: expect.any(Number), MemberCount: 1 };
    expect(ProjectSet).toHaveLength(2);
    expect(ProjectSet).toEqual(
      expect.arrayContaining([
        { ...common, ProjectId: member.project, ProjectName: member.project, IsDefault: true, ResourceCount: 2 },
        { ...common, ProjectId: second, ProjectName: 'second', IsDefault: false, ResourceCount: 0 },
      ]),
    );
  });
});
