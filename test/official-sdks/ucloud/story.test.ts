import { everyShape } from '../../sdk/ucloud/requests.ts';
import { anImage, freshSigners, idsIn, makeAvailable, region, type Signer } from './members.ts';

/** Refused with it, whoever asks. */
const refusedWith = (RetCode: number) => expect.objectContaining({ RetCode, Message: expect.any(String) });

describe.each(everyShape)('an image shared by %s', (shape) => {
  let owner: Signer;
  let recipient: Signer;
  let third: Signer;

  beforeAll(async () => {
    const fresh = await freshSigners(3);
    [owner, recipient, third] = fresh.map((one) => ({ ...one, client: one.client.in(shape) })) as [Signer, Signer, Signer];
  });

  const share = (ImageId: string, ...AddProjects: string[]) =>
    owner.client.call('ModifyImageShareProject', { ImageId, AddProjects });
  const sharedWith = async ({ client }: Signer) => {
    const [byType, byOwnCall] = await Promise.all([
      client.ok('DescribeImage', { ImageType: 'Shared' }),
      client.ok('DescribeSharingImages'),
    ]);
    expect(byType['ImageSet']).toEqual(byOwnCall['ImageSet']);
    expect(byType['TotalCount']).toBe((byType['ImageSet'] as unknown[]).length);
    return byType['ImageSet'] as Record<string, unknown>[];
  };

  it('is seen, used and saved by its recipient, changed by its owner alone, and gone with the share or the image', async () => {
    const ImageId = await anImage(owner, { ImageDescription: 'of the shop', Tag: 'shop' });
    expect(ImageId).toMatch(/^uimage-[a-z0-9]{12}$/);
    expect(await sharedWith(recipient)).toEqual([]);
    expect(await recipient.client.call('CreateUHostInstance', { Zone: 'cn-bj2-04', ImageId, LoginMode: 'Password' })).toEqual(
      refusedWith(8956),
    );

    // Shared, and shared again: which changes nothing.
    expect(await share(ImageId, recipient.project)).toEqual({ RetCode: 0, Action: 'ModifyImageShareProjectResponse' });
    expect(await share(ImageId, recipient.project)).toMatchObject({ RetCode: 0 });
    const item = {
      ImageId,
      ImageName: 'web',
      ImageDescription: 'of the shop',
      OsName: 'CentOS 7.9 64位',
      OsType: 'Linux',
      State: 'Available',
      Tag: 'shop',
    };
    expect(await sharedWith(recipient)).toMatchObject([{ ...item, ImageType: 'Shared', Owner: { ProjectId: owner.project } }]);
    expect(await recipient.client.ok('DescribeImage', { ImageId })).toMatchObject({ TotalCount: 1, ImageSet: [item] });
    expect(await recipient.client.ok('DescribeImage', { ImageType: 'Custom' })).toMatchObject({ TotalCount: 0, ImageSet: [] });
    expect(await owner.client.ok('DescribeImage', { ImageType: 'Custom' })).toMatchObject({
      ImageSet: [{ ...item, ImageType: 'Custom' }],
    });
    expect(await sharedWith(third)).toEqual([]);

    const listed = await owner.client.ok('DescribeImageShareProjects', { ImageId });
    expect(listed).toMatchObject({
      TotalCount: 1,
      ProjectSet: [{ ProjectId: recipient.project, ShareTime: expect.any(Number) }],
    });

    // What is the owner's alone. To whoever does not see the image it is not there: the answer is the same.
    for (const { client } of [recipient, third]) {
      expect(await client.call('ModifyImageShareProject', { ImageId, AddProjects: [third.project] })).toEqual(refusedWith(8956));
      expect(await client.call('ModifyImageShareProject', { ImageId, RemoveProjects: [recipient.project] })).toEqual(
        refusedWith(8956),
      );
      expect(await client.call('DescribeImageShareProjects', { ImageId })).toEqual(refusedWith(8956));
      expect(await client.call('TerminateCustomImage', { ImageId })).toEqual(refusedWith(8956));
      expect(
        await client.call('CopyCustomImage', { SourceImageId: ImageId, TargetProjectId: third.project, TargetRegion: 'cn-sh2' }),
      ).toEqual(refusedWith(8956));
    }
    expect(await third.client.call('SaveSharedImage', { ImageId })).toEqual(refusedWith(8956));
    expect(await owner.client.call('SaveSharedImage', { ImageId })).toEqual(refusedWith(8962));

    // Used: a host of it, and a saved copy that is the recipient's own.
    const { UHostIds } = await recipient.client.ok('CreateUHostInstance', { Zone: 'cn-bj2-04', ImageId, LoginMode: 'Password' });
    const [UHostId] = UHostIds as [string];
    const { NewImageId } = await recipient.client.ok('SaveSharedImage', { ImageId, ImageName: 'mine' });
    await makeAvailable(NewImageId);
    expect(await recipient.client.ok('DescribeImage', { ImageType: 'Custom' })).toMatchObject({
      ImageSet: [{ ImageId: NewImageId, ImageName: 'mine', ImageType: 'Custom', State: 'Available' }],
    });
    expect(await owner.client.ok('DescribeImage', { ImageId: NewImageId })).toMatchObject({ TotalCount: 0, ImageSet: [] });

    // Cancelled: gone at once, and the host cannot be made anew from it.
    expect(await owner.client.call('ModifyImageShareProject', { ImageId, RemoveProjects: [recipient.project] })).toMatchObject({
      RetCode: 0,
    });
    expect(await sharedWith(recipient)).toEqual([]);
    expect(await recipient.client.call('CreateUHostInstance', { Zone: 'a', ImageId, LoginMode: 'Password' })).toEqual(
      refusedWith(8956),
    );
    expect(await recipient.client.call('SaveSharedImage', { ImageId })).toEqual(refusedWith(8956));
    expect(await recipient.client.call('ReinstallUHostInstance', { UHostId })).toEqual(refusedWith(8956));
    expect(await owner.client.ok('DescribeImageShareProjects', { ImageId })).toMatchObject({ TotalCount: 0, ProjectSet: [] });

    // Shared again, then deleted while it is shared: withdrawn from everybody.
    expect(await share(ImageId, recipient.project, third.project)).toMatchObject({ RetCode: 0 });
    expect(idsIn(await sharedWith(third), 'ImageId')).toEqual([ImageId]);
    expect(await recipient.client.call('ReinstallUHostInstance', { UHostId })).toMatchObject({ RetCode: 0, UHostId });
    expect(await owner.client.call('TerminateCustomImage', { ImageId })).toEqual({
      RetCode: 0,
      Action: 'TerminateCustomImageResponse',
      ImageId,
    });
    expect(await sharedWith(recipient)).toEqual([]);
    expect(await sharedWith(third)).toEqual([]);
    expect(await recipient.client.call('ReinstallUHostInstance', { UHostId })).toEqual(refusedWith(8956));
    expect(await owner.client.call('TerminateCustomImage', { ImageId })).toEqual(refusedWith(8956));
    expect(await recipient.client.ok('DescribeUHostInstance', { UHostIds: [UHostId] })).toMatchObject({
      UHostSet: [{ UHostId, BasicImageId: ImageId, State: 'Running', Zone: `${region}-02` }],
    });
    expect(await recipient.client.ok('TerminateUHostInstance', { UHostId })).toMatchObject({ UHostId, InRecycle: 'No' });
    expect(await recipient.client.ok('DescribeUHostInstance')).toMatchObject({ TotalCount: 0, UHostSet: [] });
    expect(await recipient.client.ok('DescribeImage', { ImageId: NewImageId })).toMatchObject({ TotalCount: 1 });
  });
});
