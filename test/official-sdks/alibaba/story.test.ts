import { listRecords } from '../../../functions/list-records.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { type Account, freshAccount } from '../../sdk/alibaba/accounts.ts';
import { clients, compute, freshMembers } from '../../support/api.ts';
import type { Member } from '../../support/client.ts';
import { otherRegion, RegionId } from './ecs-accounts.ts';
import { type Client, type Fields, sdks } from './sdks.ts';

const recipientsMax = 50;

let owner: Account;
let recipient: Account;
let others: Member[];

beforeAll(async () => {
  [owner, recipient, others] = await Promise.all([freshAccount(clients), freshAccount(clients), freshMembers(recipientsMax)]);
});

describe.each(sdks)('the life cycle of an image with $sdk', ({ clientOf, exceptionName }) => {
  let ownerClient: Client;
  let recipientClient: Client;
  let ImageId: string;

  const error = (code: string, status: number) => ({ name: exceptionName(code), code, status });
  const describeImage = async (client: Client, parameters: Fields = {}): Promise<readonly Fields[]> => {
    const { Images } = await client.ok('DescribeImages', { RegionId, ImageId, ...parameters });
    return (Images as { Image: readonly Fields[] }).Image;
  };
  const listRecipients = async (): Promise<string[]> => {
    const recipients: string[] = [];
    for (let PageNumber = 1; ; PageNumber += 1) {
      const response = await ownerClient.ok('DescribeImageSharePermission', { RegionId, ImageId, PageNumber, PageSize: 20 });
      const { Account } = response['Accounts'] as { Account: readonly { AliyunId: string; SharedTime: string }[] };
      recipients.push(...Account.map(({ AliyunId }) => AliyunId));
      if (Account.length < 20) {
        expect(response).toMatchObject({ ImageId, RegionId, PageNumber, PageSize: 20, TotalCount: recipients.length });
        return recipients;
      }
    }
  };
  const modify = (parameters: Fields) => ownerClient.ok('ModifyImageSharePermission', { RegionId, ImageId, ...parameters });

  beforeAll(() => {
    ownerClient = clientOf(owner.key);
    recipientClient = clientOf(recipient.key);
  });

  it('is imported, and visible only to its owner', async () => {
    const imported = await ownerClient.ok('ImportImage', {
      RegionId,
      ImageName: 'story',
      Platform: 'Debian',
      DiskDeviceMapping: [{ OSSBucket: 'b', OSSObject: 'o', DiskImageSize: 60 }],
    });
    ImageId = imported['ImageId'] as string;

    expect(imported).toMatchObject({ RegionId, ImageId: expect.stringMatching(/^m-[a-z0-9]{20}$/) });
    expect(imported['RequestId']).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(await describeImage(ownerClient, { ImageOwnerAlias: 'self' })).toMatchObject([
      { ImageId, ImageName: 'story', ImageOwnerAlias: 'self', IsSelfShared: 'False', Status: 'Available', Size: 60 },
    ]);
    expect(await describeImage(recipientClient)).toEqual([]);
  });

  it('is shared, and then listed as others for the recipient and as shared for its owner', async () => {
    await modify({ AddAccount: [recipient.account] });

    expect(await describeImage(recipientClient, { ImageOwnerAlias: 'others' })).toMatchObject([
      { ImageId, ImageName: 'story', ImageOwnerAlias: 'others', ImageOwnerId: Number(owner.account), IsSelfShared: '' },
    ]);
    expect(await describeImage(recipientClient, { ImageOwnerAlias: 'self' })).toEqual([]);
    expect(await describeImage(ownerClient)).toMatchObject([{ IsSelfShared: 'True' }]);
    expect(await listRecipients()).toEqual([recipient.account]);
  });

  it('cannot be reshared, renamed or deleted by the recipient, who gets the error for a missing image', async () => {
    const notFound = error('InvalidImageId.NotFound', 404);
    const image = { RegionId, ImageId };

    expect(
      await recipientClient.refused('ModifyImageSharePermission', { ...image, AddAccount: [others[0]?.account as string] }),
    ).toEqual(notFound);
    expect(await recipientClient.refused('ModifyImageSharePermission', { ...image, RemoveAccount: [recipient.account] })).toEqual(
      notFound,
    );
    expect(await recipientClient.refused('DescribeImageSharePermission', image)).toEqual(notFound);
    expect(await recipientClient.refused('ModifyImageAttribute', { ...image, ImageName: 'mine' })).toEqual(notFound);
    expect(await recipientClient.refused('DeleteImage', { ...image, Force: true })).toEqual(notFound);
    expect(await listRecipients()).toEqual([recipient.account]);
  });

  it('is saved by the recipient, but only in its region', async () => {
    const copy = { RegionId, ImageId, DestinationImageName: 'saved' };
    expect(await recipientClient.refused('CopyImage', { ...copy, DestinationRegionId: otherRegion })).toEqual(
      error('OperationDenied.SameRegionOnly', 403),
    );

    const saved = { ImageId: (await recipientClient.ok('CopyImage', copy))['ImageId'] };
    expect(await describeImage(recipientClient, { ...saved, Status: 'Creating' })).toMatchObject([
      { ImageName: 'saved', ImageOwnerAlias: 'self', ImageOwnerId: Number(recipient.account), Status: 'Creating' },
    ]);
    await compute().ok(reportImageState, { region: RegionId, imageId: saved.ImageId, state: 'available' });
    expect(await describeImage(recipientClient, saved)).toMatchObject([{ Status: 'Available' }]);
    expect(await describeImage(ownerClient, saved)).toEqual([]);
    await recipientClient.ok('DeleteImage', { RegionId, ...saved });
  });

  it('is shared with 50 accounts, the first ten of each call, but not with a 51st', async () => {
    const otherRecipients = others.slice(0, recipientsMax - 1).map(({ account }) => account);
    for (let start = 0; start < otherRecipients.length; start += 10) {
      await modify({ AddAccount: otherRecipients.slice(start, start + 11) });
    }

    expect((await listRecipients()).sort()).toEqual([recipient.account, ...otherRecipients].sort());
    expect(
      await ownerClient.refused('ModifyImageSharePermission', { RegionId, ImageId, AddAccount: [others[49]?.account as string] }),
    ).toEqual(error('QuotaExceed.ShareImageUser', 403));
    expect(await listRecipients()).toHaveLength(recipientsMax);
  });

  it('has a recipient replaced in one call at the limit, with one record', async () => {
    const [removed, added] = [others[0]?.account as string, others[49]?.account as string];
    await modify({ AddAccount: [added], RemoveAccount: [removed] });

    const recipients = await listRecipients();
    expect(recipients).toHaveLength(recipientsMax);
    expect(recipients).toContain(added);
    expect(recipients).not.toContain(removed);
    const { records } = await owner.api.ok(listRecords, { region: RegionId, imageId: ImageId });
    const [last, before] = records;
    expect(last).toMatchObject({ action: 'ChangeImageShares', actor: `${owner.account}/${owner.key.keyId}` });
    expect([last?.recipients, last?.added].flat()).toEqual(expect.arrayContaining([added]));
    expect(JSON.stringify(before)).not.toContain(added);
  });

  it('is not deleted while it is shared, even with Force', async () => {
    const imageShared = error('ImageUseShared', 403);

    expect(await ownerClient.refused('DeleteImage', { RegionId, ImageId })).toEqual(imageShared);
    expect(await ownerClient.refused('DeleteImage', { RegionId, ImageId, Force: true })).toEqual(imageShared);
    expect(await describeImage(recipientClient)).toHaveLength(1);
  });

  it('disappears for the recipient after the share is cancelled', async () => {
    await modify({ RemoveAccount: [recipient.account] });

    expect(await describeImage(recipientClient)).toEqual([]);
    expect(await recipientClient.refused('RunInstances', { RegionId, ImageId, InstanceType: 'ecs.g6.large' })).toEqual(
      error('InvalidImageId.NotFound', 404),
    );
    expect(await recipientClient.refused('CopyImage', { RegionId, ImageId })).toEqual(error('InvalidImageId.NotFound', 404));
  });

  it('is deleted after all shares are cancelled, and disappears for everyone', async () => {
    const recipients = await listRecipients();
    for (let start = 0; start < recipients.length; start += 10) {
      await modify({ RemoveAccount: recipients.slice(start, start + 10) });
    }
    expect(await listRecipients()).toEqual([]);

    await ownerClient.ok('DeleteImage', { RegionId, ImageId });
    expect(await describeImage(ownerClient, { Status: 'ALL' })).toEqual([]);
    expect(await ownerClient.refused('DeleteImage', { RegionId, ImageId })).toEqual(error('InvalidImageId.NotFound', 404));
  });
});
