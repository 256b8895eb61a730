import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { exceptionOf, exceptionWith, region } from '../../sdk/tencent/calls.ts';
import { anImageOf } from '../../support/client.ts';
import { configurationOf } from './configuration.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let imageId: string;
beforeAll(async () => {
  [owner] = (await freshPrincipals(1)) as [Principal];
  ({ imageId } = await anImageOf(owner, region, { tags: { tier: 'web' } }));
});

const clientOf = (product: string, version: string) =>
  new CommonClient(`${product}.tencentcloudapi.com`, version, configurationOf(owner.key, {}));

describe('the CommonClient of tencentcloud-sdk-nodejs-common', () => {
  it('changes and reads the tags of an image with the tag service', async () => {
    const tag = clientOf('tag', '2018-08-13');
    const Resource = `qcs::cvm:${region}:uin/${owner.account}:image/${imageId}`;
    await tag.request('ModifyResourceTags', { Resource, ReplaceTags: [{ TagKey: 'team', TagValue: 'a' }] });
    expect(await tag.request('GetResources', { ResourceList: [Resource] })).toMatchObject({
      ResourceTagMappingList: [{ Resource, Tags: [{ TagKey: 'team' }, { TagKey: 'tier' }] }],
    });
    expect(await exceptionOf(tag.request('CreateTag', { TagKey: 'a', TagValue: 'b' }))).toEqual(exceptionWith('InvalidAction'));
  });

  it('reads the snapshots of an image with CBS', async () => {
    const cbs = clientOf('cbs', '2017-03-12');
    const { ImageSet } = (await owner.cvm('DescribeImages', { ImageIds: [imageId] })) as {
      ImageSet: { SnapshotSet: { SnapshotId: string }[] }[];
    };
    const SnapshotIds = ImageSet[0]?.SnapshotSet.map(({ SnapshotId }) => SnapshotId);
    expect(await cbs.request('DescribeSnapshots', { SnapshotIds })).toMatchObject({
      TotalCount: 1,
      SnapshotSet: [{ SnapshotId: SnapshotIds?.[0], Images: [{ ImageId: imageId }] }],
    });
  });
});
