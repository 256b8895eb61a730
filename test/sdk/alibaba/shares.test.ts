import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listRecords } from '../../../functions/list-records.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { noon, secondsFromNoon } from '../../support/builders.ts';
import { anImageOf, freshId, type Member, share } from '../../support/client.ts';
import { clock, compute, freshMembers, operator } from '../../support/in-process.ts';
import { type EcsAccount, freshEcsAccount, type Parameters, RegionId } from './in-process.ts';

const region = RegionId;
const imageNotFound = { status: 404, code: 'InvalidImageId.NotFound' };
const accountNotFound = { status: 404, code: 'InvalidAccount.NotFound' };

let owner: EcsAccount;
let members: Member[];
let ImageId: string;

beforeAll(async () => {
  [owner, members] = await Promise.all([freshEcsAccount(), freshMembers(12)]);
});
beforeEach(async () => {
  clock.at = noon;
  ImageId = (await anImageOf(owner.api, region)).imageId;
});

const ids = (from: number, to: number): string[] => members.slice(from, to).map(({ account }) => account);
const modify = (parameters: Parameters) => owner.ok('ModifyImageSharePermission', { ImageId, ...parameters });
const refused = (parameters: Parameters) => owner.refused('ModifyImageSharePermission', { ImageId, ...parameters });
const recipients = async () => {
  const { shares } = await owner.api.ok(listImageShares, { region, imageId: ImageId });
  return shares.map(({ recipient }) => recipient).sort();
};
const records = async () => (await owner.api.ok(listRecords, { region, imageId: ImageId, limit: 100 })).records;

describe('ModifyImageSharePermission', () => {
  it('adds and removes in one call, with one record', async () => {
    await modify({ AddAccount: ids(0, 2) });
    const before = await records();
    await modify({ AddAccount: ids(1, 3), RemoveAccount: ids(0, 1) });

    expect(await recipients()).toEqual(ids(1, 3).sort());
    expect(await records()).toHaveLength(before.length + 1);
  });

  it('uses only the first ten accounts of each list', async () => {
    await modify({ AddAccount: ids(0, 12) });
    expect(await recipients()).toEqual(ids(0, 10).sort());

    await share(owner.api, { region, imageId: ImageId }, ids(10, 12));
    await modify({ RemoveAccount: ids(0, 12) });
    expect(await recipients()).toEqual(ids(10, 12).sort());
    await modify({ AddAccount: [...ids(0, 10), 'no such account'] });
    expect(await recipients()).toEqual(ids(0, 12).sort());
  });

  it('shares with all or with none', async () => {
    const unknownAccount = freshId();

    expect(await refused({ AddAccount: [...ids(0, 1), unknownAccount] })).toMatchObject(accountNotFound);
    expect(await refused({ AddAccount: [...ids(0, 1), owner.account] })).toMatchObject({
      status: 404,
      code: 'InvalidAccount.Forbbiden',
    });
    expect(await refused({ AddAccount: ids(0, 1), RemoveAccount: ids(0, 1) })).toMatchObject({
      status: 400,
      code: 'InvalidParameter',
    });
    expect(await recipients()).toEqual([]);
  });

  it.each(['not an account', '../x', 'x'.repeat(21), '镜像'])('refuses %p, which is not a valid account id', async (account) => {
    expect(await refused({ AddAccount: [...ids(0, 1), account] })).toMatchObject(accountNotFound);
    expect(await refused({ AddAccount: ids(0, 1), RemoveAccount: [account] })).toMatchObject(accountNotFound);
    expect(await recipients()).toEqual([]);
  });

  it('refuses accounts that are not a list', async () => {
    expect(await refused({ AddAccount: ids(0, 1).join() })).toEqual({
      ...accountNotFound,
      message: `The specified parameter "AddAccount.n" or "RemoveAccount.n" does not exist. AddAccount: "${ids(0, 1)}".`,
    });
  });

  it('is idempotent, and ignores the removal of an account without a share', async () => {
    await modify({ AddAccount: ids(0, 1) });
    await modify({ AddAccount: [...ids(0, 1), ...ids(0, 1)] });
    await modify({ RemoveAccount: ids(1, 2) });

    expect(await recipients()).toEqual(ids(0, 1));
  });

  it('changes nothing without accounts, but still fails for others than the owner', async () => {
    const [other] = await Promise.all([freshEcsAccount(), modify({}), modify({ IsPublic: false, AddAccount: [] })]);

    expect(await recipients()).toEqual([]);
    expect(await other.refused('ModifyImageSharePermission', { ImageId })).toMatchObject(imageNotFound);
  });

  it('refuses community images', async () => {
    expect(await refused({ IsPublic: true, AddAccount: ids(0, 1) })).toMatchObject({ status: 400, code: 'InvalidParameter' });
    expect(await recipients()).toEqual([]);
  });

  it('shares an image that is being made', async () => {
    const { imageId: pending } = await anImageOf(owner.api, region, { state: 'pending' });

    expect(await modify({ AddAccount: ids(0, 1), ImageId: pending })).toHaveProperty('RequestId');
    expect(await owner.api.ok(listImageShares, { region, imageId: pending })).toMatchObject({
      shares: [{ recipient: ids(0, 1)[0] }],
    });
  });

  it('refuses an image that is missing, public, failed or encrypted with a service-managed key', async () => {
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region, imageId: publicId, name: publicId, sizeGiB: 20 });
    const [failed, serviceKey, customerKey] = await Promise.all([
      anImageOf(owner.api, region, { state: 'pending' }),
      anImageOf(owner.api, region, { encryption: 'service' }),
      anImageOf(owner.api, region, { encryption: 'customer' }),
    ]);
    await compute().ok(reportImageState, { region, imageId: failed.imageId, state: 'failed' });
    const AddAccount = ids(0, 1);

    expect(await refused({ AddAccount, ImageId: 'm-missing' })).toMatchObject(imageNotFound);
    expect(await refused({ AddAccount, ImageId: publicId })).toMatchObject(imageNotFound);
    expect(await refused({ AddAccount, ImageId: failed.imageId })).toMatchObject({ status: 400, code: 'IncorrectImageStatus' });
    expect(await refused({ AddAccount, ImageId: serviceKey.imageId })).toMatchObject({
      status: 403,
      code: 'OperationDeined.EncryptedSnapshot',
    });
    expect(await modify({ AddAccount, ImageId: customerKey.imageId })).toHaveProperty('RequestId');
  });

  it('changes nothing in a dry run, and returns the errors of the call', async () => {
    expect(await refused({ DryRun: true, AddAccount: ids(0, 1) })).toMatchObject({ status: 400, code: 'DryRunOperation' });
    expect(await refused({ DryRun: true, AddAccount: [freshId()] })).toMatchObject(accountNotFound);
    expect(await recipients()).toEqual([]);
  });

  it('never exceeds the limit of recipients with concurrent calls', async () => {
    const others = await freshMembers(41);
    await share(
      owner.api,
      { region, imageId: ImageId },
      others.map(({ account }) => account),
    );
    const results = await Promise.allSettled(ids(0, 12).map((account) => modify({ AddAccount: [account] })));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(9);
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
    expect(refusals).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('QuotaExceed.ShareImageUser')));
    expect(await recipients()).toHaveLength(50);
  });
});

describe('DescribeImageSharePermission', () => {
  it('returns numbered pages, in the order of sharing', async () => {
    for (const [second, account] of ids(0, 3).entries()) {
      clock.at = secondsFromNoon(second);
      await modify({ AddAccount: [account] });
    }
    const page = (parameters: Parameters) => owner.ok('DescribeImageSharePermission', { ImageId, ...parameters });
    const Account = ids(0, 3).map((AliyunId, second) => ({ AliyunId, SharedTime: `2026-11-22T12:00:0${second}Z` }));

    expect(await page({})).toEqual({
      RequestId: expect.any(String),
      TotalCount: 3,
      PageNumber: 1,
      PageSize: 10,
      ImageId,
      RegionId,
      Accounts: { Account },
      ShareGroups: { ShareGroup: [] },
    });
    expect(await page({ PageSize: 2 })).toMatchObject({ PageSize: 2, Accounts: { Account: Account.slice(0, 2) } });
    expect(await page({ PageNumber: 2, PageSize: 2 })).toMatchObject({ PageNumber: 2, Accounts: { Account: Account.slice(2) } });
    expect(await page({ PageNumber: 3, PageSize: 2 })).toMatchObject({ TotalCount: 3, Accounts: { Account: [] } });
  });
});
