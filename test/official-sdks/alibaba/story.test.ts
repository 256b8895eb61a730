import { listRecords } from '../../../functions/list-records.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { type Account, freshAccount } from '../../sdk/alibaba/accounts.ts';
import { clients, compute, freshMembers } from '../../support/api.ts';
import type { Member } from '../../support/client.ts';
import { elsewhere, RegionId } from './ecs-accounts.ts';
import { type Client, type Fields, sdks } from './sdks.ts';

const capacity = 50;

let owner: Account;
let recipient: Account;
let others: Member[];

beforeAll(async () => {
  [owner, recipient, others] = await Promise.all([freshAccount(clients), freshAccount(clients), freshMembers(capacity)]);
});

describe.each(sdks)('the story of an image by $sdk', ({ clientOf, thrown }) => {
  let mine: Client;
  let theirs: Client;
  let ImageId: string;

  const refusal = (code: string, status: number) => ({ name: thrown(code), code, status });
  const imagesSeenBy = async (client: Client, parameters: Fields = {}): Promise<readonly Fields[]> => {
    const { Images } = await client.ok('DescribeImages', { RegionId, ImageId, ...parameters });
    return (Images as { Image: readonly Fields[] }).Image;
  };
  const accountsListed = async (): Promise<string[]> => {
    const listed: string[] = [];
    for (let PageNumber = 1; ; PageNumber += 1) {
      const answer = await mine.ok('DescribeImageSharePermission', { RegionId, ImageId, PageNumber, PageSize: 20 });
      const { Account } = answer['Accounts'] as { Account: readonly { AliyunId: string; SharedTime: string }[] };
      listed.push(...Account.map(({ AliyunId }) => AliyunId));
      if (Account.length < 20) {
        expect(answer).toMatchObject({ ImageId, RegionId, PageNumber, PageSize: 20, TotalCount: listed.length });
        return listed;
      }
    }
  };
  const modify = (parameters: Fields) => mine.ok('ModifyImageSharePermission', { RegionId, ImageId, ...parameters });

  beforeAll(() => {
    mine = clientOf(owner.key);
    theirs = clientOf(recipient.key);
  });

  it('is imported, and seen by its owner alone', async () => {
    const made = await mine.ok('ImportImage', {
      RegionId,
      ImageName: 'story',
      Platform: 'Debian',
      DiskDeviceMapping: [{ OSSBucket: 'b', OSSObject: 'o', DiskImageSize: 60 }],
    });
    ImageId = made['ImageId'] as string;

    expect(made).toMatchObject({ RegionId, ImageId: expect.stringMatching(/^m-[a-z0-9]{20}$/) });
    expect(made['RequestId']).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(await imagesSeenBy(mine, { ImageOwnerAlias: 'self' })).toMatchObject([
      { ImageId, ImageName: 'story', ImageOwnerAlias: 'self', IsSelfShared: 'False', Status: 'Available', Size: 60 },
    ]);
    expect(await imagesSeenBy(theirs)).toEqual([]);
  });

  it('is shared, seen by the recipient as an image of others, and by its owner as shared', async () => {
    await modify({ AddAccount: [recipient.account] });

    expect(await imagesSeenBy(theirs, { ImageOwnerAlias: 'others' })).toMatchObject([
      { ImageId, ImageName: 'story', ImageOwnerAlias: 'others', ImageOwnerId: Number(owner.account), IsSelfShared: '' },
    ]);
    expect(await imagesSeenBy(theirs, { ImageOwnerAlias: 'self' })).toEqual([]);
    expect(await imagesSeenBy(mine)).toMatchObject([{ IsSelfShared: 'True' }]);
    expect(await accountsListed()).toEqual([recipient.account]);
  });

  it('is not shared on, renamed, listed or deleted by the recipient: to it the image is not among its own', async () => {
    const notFound = refusal('InvalidImageId.NotFound', 404);
    const image = { RegionId, ImageId };

    expect(await theirs.refused('ModifyImageSharePermission', { ...image, AddAccount: [others[0]?.account as string] })).toEqual(
      notFound,
    );
    expect(await theirs.refused('ModifyImageSharePermission', { ...image, RemoveAccount: [recipient.account] })).toEqual(
      notFound,
    );
    expect(await theirs.refused('DescribeImageSharePermission', image)).toEqual(notFound);
    expect(await theirs.refused('ModifyImageAttribute', { ...image, ImageName: 'mine' })).toEqual(notFound);
    expect(await theirs.refused('DeleteImage', { ...image, Force: true })).toEqual(notFound);
    expect(await accountsListed()).toEqual([recipient.account]);
  });

  it('is copied by the recipient within its region only, which makes an own image', async () => {
    const copy = { RegionId, ImageId, DestinationImageName: 'saved' };
    expect(await theirs.refused('CopyImage', { ...copy, DestinationRegionId: elsewhere })).toEqual(
      refusal('OperationDenied.SameRegionOnly', 403),
    );

    const saved = { ImageId: (await theirs.ok('CopyImage', copy))['ImageId'] };
    expect(await imagesSeenBy(theirs, { ...saved, Status: 'Creating' })).toMatchObject([
      { ImageName: 'saved', ImageOwnerAlias: 'self', ImageOwnerId: Number(recipient.account), Status: 'Creating' },
    ]);
    await compute().ok(reportImageState, { region: RegionId, imageId: saved.ImageId, state: 'available' });
    expect(await imagesSeenBy(theirs, saved)).toMatchObject([{ Status: 'Available' }]);
    expect(await imagesSeenBy(mine, saved)).toEqual([]);
    await theirs.ok('DeleteImage', { RegionId, ...saved });
  });

  it('is shared with 50 accounts, of each call the first ten, and not with a 51st', async () => {
    const fillers = others.slice(0, capacity - 1).map(({ account }) => account);
    for (let at = 0; at < fillers.length; at += 10) {
      await modify({ AddAccount: fillers.slice(at, at + 11) });
    }

    expect((await accountsListed()).sort()).toEqual([recipient.account, ...fillers].sort());
    expect(
      await mine.refused('ModifyImageSharePermission', { RegionId, ImageId, AddAccount: [others[49]?.account as string] }),
    ).toEqual(refusal('QuotaExceed.ShareImageUser', 403));
    expect(await accountsListed()).toHaveLength(capacity);
  });

  it('has one recipient exchanged for another by one call at the cap, with one record', async () => {
    const [leaves, comes] = [others[0]?.account as string, others[49]?.account as string];
    await modify({ AddAccount: [comes], RemoveAccount: [leaves] });

    const listed = await accountsListed();
    expect(listed).toHaveLength(capacity);
    expect(listed).toContain(comes);
    expect(listed).not.toContain(leaves);
    const { records } = await owner.api.ok(listRecords, { region: RegionId, imageId: ImageId });
    const [last, before] = records;
    expect(last).toMatchObject({ action: 'ChangeImageShares', actor: `${owner.account}/${owner.key.keyId}` });
    expect([last?.recipients, last?.added].flat()).toEqual(expect.arrayContaining([comes]));
    expect(JSON.stringify(before)).not.toContain(comes);
  });

  it('is not deleted while it is shared, even with Force', async () => {
    const used = refusal('ImageUseShared', 403);

    expect(await mine.refused('DeleteImage', { RegionId, ImageId })).toEqual(used);
    expect(await mine.refused('DeleteImage', { RegionId, ImageId, Force: true })).toEqual(used);
    expect(await imagesSeenBy(theirs)).toHaveLength(1);
  });

  it('is gone for the recipient once the share is cancelled', async () => {
    await modify({ RemoveAccount: [recipient.account] });

    expect(await imagesSeenBy(theirs)).toEqual([]);
    expect(await theirs.refused('RunInstances', { RegionId, ImageId, InstanceType: 'ecs.g6.large' })).toEqual(
      refusal('InvalidImageId.NotFound', 404),
    );
    expect(await theirs.refused('CopyImage', { RegionId, ImageId })).toEqual(refusal('InvalidImageId.NotFound', 404));
  });

  it('is deleted once nobody holds it, and gone for everybody', async () => {
    const left = await accountsListed();
    for (let at = 0; at < left.length; at += 10) {
      await modify({ RemoveAccount: left.slice(at, at + 10) });
    }
    expect(await accountsListed()).toEqual([]);

    await mine.ok('DeleteImage', { RegionId, ImageId });
    expect(await imagesSeenBy(mine, { Status: 'ALL' })).toEqual([]);
    expect(await mine.refused('DeleteImage', { RegionId, ImageId })).toEqual(refusal('InvalidImageId.NotFound', 404));
  });
});
