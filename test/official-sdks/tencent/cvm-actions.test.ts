import { exceptionOf, exceptionWith, importImage } from '../../sdk/tencent/calls.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
beforeAll(async () => {
  [owner] = (await freshPrincipals(1)) as [Principal];
});

/** Calls an action, and returns one field of its response. */
const fieldOf = async (name: string, action: string, parameters: object) =>
  ((await owner.cvm(action, parameters)) as Record<string, unknown>)[name];

describe('tencentcloud-sdk-nodejs-cvm', () => {
  it('launches, reinstalls, and terminates an instance, and makes an image of it', async () => {
    const ImageId = await importImage(owner.cvm);
    const [InstanceId] = (await fieldOf('InstanceIdSet', 'RunInstances', { ImageId })) as string[];
    await owner.cvm('ResetInstance', { InstanceId });
    const made = await fieldOf('ImageId', 'CreateImage', { InstanceId, ImageName: 'made', ForcePoweroff: 'TRUE' });
    expect(await owner.cvm('DescribeImages', { ImageIds: [made] })).toMatchObject({
      ImageSet: [{ ImageName: 'made', ImageState: 'CREATING' }],
    });
    await owner.cvm('TerminateInstances', { InstanceIds: [InstanceId] });
    expect(await owner.cvm('DescribeInstances', { InstanceIds: [InstanceId] })).toMatchObject({ TotalCount: 0, InstanceSet: [] });
    expect(await exceptionOf(owner.cvm('ResetInstance', { InstanceId }))).toEqual(exceptionWith('InvalidInstanceId.NotFound'));
  });

  it('changes an image, and copies it to another region', async () => {
    const ImageId = await importImage(owner.cvm, { ImageFamily: 'web' });
    await owner.cvm('ModifyImageAttribute', { ImageId, ImageName: 'renamed', ImageDeprecated: true });
    expect(await owner.cvm('DescribeImages', { ImageIds: [ImageId] })).toMatchObject({
      ImageSet: [{ ImageName: 'renamed', ImageDeprecated: true, ImageFamily: 'web' }],
    });
    const copying = { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'], ImageSetRequired: true };
    expect(await fieldOf('ImageSet', 'SyncImages', copying)).toMatchObject([{ Region: 'ap-shanghai' }]);
  });

  it('reads regions, zones, and the quota', async () => {
    expect(await owner.cvm('DescribeRegions')).toMatchObject({
      RegionSet: [{ Region: 'ap-guangzhou' }, { Region: 'ap-shanghai' }],
    });
    expect(await owner.cvm('DescribeZones')).toMatchObject({ TotalCount: 6 });
    expect(await owner.cvm('DescribeImageQuota')).toMatchObject({ ImageNumQuota: 500 });
  });
});
