import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listImages } from '../../../functions/list-images.ts';
import { runInstance } from '../../../functions/run-instance.ts';
import type { Key } from '../../sdk/keys.ts';
import { type Call, exceptionOf, exceptionWith, importImage, region } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { type Member, share } from '../../support/client.ts';
import { cvmCalls, freshPrincipals, type Principal } from './cvm-client.ts';
import { intlCalls } from './intl-client.ts';

const clientsBySdk: readonly [string, (key: Key) => Call][] = [
  ['tencentcloud-sdk-nodejs-cvm', (key) => cvmCalls(key)],
  ['tencentcloud-sdk-nodejs-cvm, with GET', (key) => cvmCalls(key, { reqMethod: 'GET' })],
  ['tencentcloud-sdk-nodejs-cvm, with HmacSHA256', (key) => cvmCalls(key, { signMethod: 'HmacSHA256' })],
  ['tencentcloud-sdk-nodejs-cvm, with HmacSHA1 and GET', (key) => cvmCalls(key, { signMethod: 'HmacSHA1', reqMethod: 'GET' })],
  ['tencentcloud-sdk-nodejs-intl-en', (key) => intlCalls(key)],
  ['tencentcloud-sdk-nodejs-intl-en, with TC3-HMAC-SHA256', (key) => intlCalls(key, { signMethod: 'TC3-HMAC-SHA256' })],
];

let owner: Principal;
let recipient: Principal;
/** Together with the recipient, two more accounts than an image can be shared with. */
let others: readonly [Principal, ...Member[]];
beforeAll(async () => {
  const [first, second, third] = (await freshPrincipals(3)) as [Principal, Principal, Principal];
  owner = first;
  recipient = second;
  others = [third, ...(await freshMembers(50))];
});

const byId = (ImageId: string) => ({ ImageIds: [ImageId] });
const sharing = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'SHARE' });
const cancellation = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'CANCEL' });
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

describe.each(clientsBySdk)('%s', (_, clientOf) => {
  let callAsOwner: Call;
  let callAsRecipient: Call;
  beforeAll(() => {
    callAsOwner = clientOf(owner.key);
    callAsRecipient = clientOf(recipient.key);
  });

  it('imports an image, which is immediately available as a private image', async () => {
    const ImageId = await importImage(callAsOwner, {
      ImageDescription: 'web server',
      TagSpecification: [{ ResourceType: 'image', Tags: [{ Key: 'tier', Value: 'web' }] }],
    });
    expect(ImageId).toMatch(/^img-[a-z0-9]{8}$/);
    expect(await callAsOwner('DescribeImages', byId(ImageId))).toMatchObject({
      TotalCount: 1,
      ImageSet: [
        {
          ImageId,
          ImageType: 'PRIVATE_IMAGE',
          ImageState: 'NORMAL',
          ImageName: expect.stringMatching(/^web-/),
          ImageDescription: 'web server',
          OsName: 'CentOS 7',
          Platform: 'CentOS',
          Architecture: 'x86_64',
          ImageSize: 50,
          ImageCreator: owner.account,
          CreatedTime: iso,
          Tags: [{ Key: 'tier', Value: 'web' }],
        },
      ],
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('shares an image, which the recipient can then see and launch', async () => {
    const ImageId = await importImage(callAsOwner);
    expect(await callAsRecipient('DescribeImages', byId(ImageId))).toMatchObject({ TotalCount: 0, ImageSet: [] });
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(
      await callAsRecipient('DescribeImages', { Filters: [{ Name: 'image-type', Values: ['SHARED_IMAGE'] }], Limit: 100 }),
    ).toMatchObject({
      ImageSet: expect.arrayContaining([
        expect.objectContaining({ ImageId, ImageType: 'SHARED_IMAGE', ImageCreator: owner.account }),
      ]),
    });
    expect(
      await callAsRecipient('RunInstances', { ImageId, Placement: { Zone: 'ap-guangzhou-3' }, InstanceCount: 2 }),
    ).toMatchObject({
      InstanceIdSet: [expect.stringMatching(/^ins-[a-z0-9]{8}$/), expect.stringMatching(/^ins-[a-z0-9]{8}$/)],
    });
  });

  it('lists the accounts that an image is shared with', async () => {
    const ImageId = await importImage(callAsOwner);
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await callAsOwner('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account, CreatedTime: iso }],
    });
  });

  it('shows shares of the SDK in the HTTP API, and shares of the HTTP API in the SDK', async () => {
    const ImageId = await importImage(callAsOwner);
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    const { shares } = await owner.ok(listImageShares, { region, imageId: ImageId });
    expect(shares.map((share) => share.recipient)).toEqual([recipient.account]);
    const { images } = await recipient.ok(listImages, { region, scope: 'shared', limit: 100 });
    expect(images.map(({ imageId }) => imageId)).toContain(ImageId);

    const [other] = others;
    await share(owner, { region, imageId: ImageId }, [other.account]);
    expect(await callAsOwner('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account }, { AccountId: other.account }],
    });
    expect(await clientOf(other.key)('DescribeImages', byId(ImageId))).toMatchObject({
      ImageSet: [{ ImageId, ImageType: 'SHARED_IMAGE' }],
    });
  });

  it('refuses owner-only operations for the recipient', async () => {
    const ImageId = await importImage(callAsOwner);
    const [other] = others;
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await exceptionOf(callAsRecipient('ModifyImageSharePermission', sharing(ImageId, other.account)))).toEqual(
      exceptionWith('UnauthorizedOperation.ImageNotBelongToAccount'),
    );
    expect(await exceptionOf(callAsRecipient('ModifyImageAttribute', { ImageId, ImageName: 'mine' }))).toEqual(
      exceptionWith('UnsupportedOperation.SharedImageModifyUnsupported'),
    );
    expect(await exceptionOf(callAsRecipient('DeleteImages', { ImageIds: [ImageId] }))).toEqual(
      exceptionWith('InvalidParameterValue.InvalidImageIdIsShared'),
    );
    expect(
      await exceptionOf(callAsRecipient('SyncImages', { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'] })),
    ).toEqual(exceptionWith('InvalidParameterValue.InvalidImageId'));
    expect(await exceptionOf(callAsRecipient('DescribeImageSharePermission', { ImageId }))).toEqual(
      exceptionWith('UnauthorizedOperation.ImageNotBelongToAccount'),
    );
    expect(await callAsOwner('DescribeImages', byId(ImageId))).toMatchObject({
      ImageSet: [{ ImageName: expect.stringMatching(/^web-/) }],
    });
    expect(await clientOf(other.key)('DescribeImages', byId(ImageId))).toMatchObject({ TotalCount: 0 });
  });

  it('refuses the 51st account, and then shares with none of the call', async () => {
    const ImageId = await importImage(callAsOwner);
    const accounts = [recipient, ...others].map(({ account }) => account);
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, ...accounts.slice(0, 49)));
    expect(await exceptionOf(callAsOwner('ModifyImageSharePermission', sharing(ImageId, ...accounts.slice(49, 51))))).toEqual(
      exceptionWith('OverQuota'),
    );
    const listed = (await callAsOwner('DescribeImageSharePermission', { ImageId })) as {
      SharePermissionSet: { AccountId: string }[];
    };
    expect(listed.SharePermissionSet.map(({ AccountId }) => AccountId).sort()).toEqual(accounts.slice(0, 49).sort());
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, ...accounts.slice(49, 50)));
    expect(await exceptionOf(callAsOwner('ModifyImageSharePermission', sharing(ImageId, ...accounts.slice(50, 51))))).toEqual(
      exceptionWith('OverQuota'),
    );
  });

  it('refuses to delete an image while it is shared, and deletes it after its shares are cancelled', async () => {
    const ImageId = await importImage(callAsOwner);
    await callAsOwner('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await exceptionOf(callAsOwner('DeleteImages', { ImageIds: [ImageId] }))).toEqual(
      exceptionWith('InvalidImageId.InShared'),
    );

    await callAsOwner('ModifyImageSharePermission', cancellation(ImageId, recipient.account));
    expect(await callAsRecipient('DescribeImages', byId(ImageId))).toMatchObject({ TotalCount: 0, ImageSet: [] });
    expect(await exceptionOf(callAsRecipient('RunInstances', { ImageId }))).toEqual(exceptionWith('InvalidImageId.NotFound'));

    await callAsOwner('DeleteImages', { ImageIds: [ImageId] });
    expect(await callAsOwner('DescribeImages', byId(ImageId))).toMatchObject({ TotalCount: 0, ImageSet: [] });
    expect(await exceptionOf(callAsOwner('DeleteImages', { ImageIds: [ImageId] }))).toEqual(
      exceptionWith('InvalidImageId.NotFound'),
    );
  });

  it('lists an instance that the HTTP API launched from an image of the SDK', async () => {
    const ImageId = await importImage(callAsOwner);
    const { instanceId } = await owner.ok(runInstance, { region, imageId: ImageId });
    expect(await callAsOwner('DescribeInstances', { InstanceIds: [instanceId] })).toMatchObject({
      TotalCount: 1,
      InstanceSet: [{ InstanceId: instanceId, ImageId, InstanceState: 'RUNNING', SystemDisk: { DiskSize: 50 } }],
    });
  });
});
