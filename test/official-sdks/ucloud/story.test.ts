import { everyShape } from '../../sdk/ucloud/requests.ts';
import { anImage, freshSigners, idsIn, makeAvailable, region, type Signer } from './members.ts';

/** Matches an error response. */
const refusedWith = (RetCode: number) => expect.objectContaining({ RetCode, Message: expect.any(String) });

describe.each(everyShape)('an image shared with %s', (shape) => {
  let owner: Signer;
  let recipient: Signer;
  let third: Signer;

  beforeAll(async () => {
    const signers = await freshSigners(3);
    [owner, recipient, third] = signers.map((signer) => ({ ...signer, client: signer.client.withShape(shape) })) as [
      Signer,
      Signer,
      Signer,
    ];
  });

  const share = (ImageId: string, ...AddProjects: string[]) =>
    owner.client.call('ModifyImageShareProject', { ImageId, AddProjects });
  const sharedWith = async ({ client }: Signer) => {
    const [byType, byAction] = await Promise.all([
      client.ok('DescribeImage', { ImageType: 'Shared' }),
      client.ok('DescribeSharingImages'),
    ]);
    expect(byType['ImageSet']).toEqual(byAction['ImageSet']);
    expect(byType['TotalCount']).toBe((byType['ImageSet'] as unknown[]).length);
    return byType['ImageSet'] as Record<string, unknown>[];
  };

  it('can be seen, launched and saved by the recipient, changed only by its owner, and disappears with the share or the image', async () => {
    const ImageId = await anImage(owner, { ImageDescription: 'of the shop', Tag: 'shop' });
    expect(ImageId).toMatch(/^uimage-[a-z0-9]{12}$/);
    expect(await sharedWith(recipient)).toEqual([]);
    expect(await recipient.client.call('CreateUHostInstance', { Zone: 'cn-bj2-02', ImageId, LoginMode: 'Password' })).toEqual(
      refusedWith(8956),
    );

    // Share it. Sharing it again changes nothing.
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

    // Only the owner can do this. Recipients get the same error as accounts that can't see the image.
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

    // Launch a host, and save the image as the recipient's own.
    const { UHostIds } = await recipient.client.ok('CreateUHostInstance', { Zone: 'cn-bj2-02', ImageId, LoginMode: 'Password' });
    const [UHostId] = UHostIds as [string];
    const { NewImageId } = await recipient.client.ok('SaveSharedImage', { ImageId, ImageName: 'mine' });
    await makeAvailable(NewImageId);
    expect(await recipient.client.ok('DescribeImage', { ImageType: 'Custom' })).toMatchObject({
      ImageSet: [{ ImageId: NewImageId, ImageName: 'mine', ImageType: 'Custom', State: 'Available' }],
    });
    expect(await owner.client.ok('DescribeImage', { ImageId: NewImageId })).toMatchObject({ TotalCount: 0, ImageSet: [] });

    // Cancel the share. The recipient loses access immediately, and can't reinstall the host.
    expect(await owner.client.call('ModifyImageShareProject', { ImageId, RemoveProjects: [recipient.project] })).toMatchObject({
      RetCode: 0,
    });
    expect(await sharedWith(recipient)).toEqual([]);
    expect(await recipient.client.call('CreateUHostInstance', { Zone: 'cn-bj2-02', ImageId, LoginMode: 'Password' })).toEqual(
      refusedWith(8956),
    );
    expect(await recipient.client.call('SaveSharedImage', { ImageId })).toEqual(refusedWith(8956));
    expect(await recipient.client.call('ReinstallUHostInstance', { UHostId })).toEqual(refusedWith(8956));
    expect(await owner.client.ok('DescribeImageShareProjects', { ImageId })).toMatchObject({ TotalCount: 0, ProjectSet: [] });

    // Share it again, and delete it while it is shared. All recipients lose access.
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
