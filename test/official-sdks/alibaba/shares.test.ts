import { listImageShares } from '../../../functions/list-image-shares.ts';
import { listRecords } from '../../../functions/list-records.ts';
import { putPublicImage } from '../../../functions/put-public-image.ts';
import { reportImageState } from '../../../functions/report-image-state.ts';
import { compute, freshMembers, operator } from '../../support/api.ts';
import { anImageOf, freshId, type Member, share } from '../../support/client.ts';
import { clientError, type EcsAccount, freshEcsAccount, RegionId } from './ecs-accounts.ts';
import type { Fields } from './sdks.ts';

let owner: EcsAccount;
let members: Member[];
let ImageId: string;

beforeAll(async () => {
  [owner, members] = await Promise.all([freshEcsAccount(), freshMembers(12)]);
});
beforeEach(async () => {
  ImageId = (await anImageOf(owner.api, RegionId)).imageId;
});

const ids = (from: number, to: number): string[] => members.slice(from, to).map(({ account }) => account);
const modify = (parameters: Fields) => owner.ecs.ok('ModifyImageSharePermission', { RegionId, ImageId, ...parameters });
const refused = (parameters: Fields) => owner.ecs.refused('ModifyImageSharePermission', { RegionId, ImageId, ...parameters });
const recipients = async () => {
  const { shares } = await owner.api.ok(listImageShares, { region: RegionId, imageId: ImageId });
  return shares.map(({ recipient }) => recipient).sort();
};
const records = async () => (await owner.api.ok(listRecords, { region: RegionId, imageId: ImageId, limit: 100 })).records;

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

    await share(owner.api, { region: RegionId, imageId: ImageId }, ids(10, 12));
    await modify({ RemoveAccount: ids(0, 12) });
    expect(await recipients()).toEqual(ids(10, 12).sort());
    await modify({ AddAccount: [...ids(0, 10), 'no such account'] });
    expect(await recipients()).toEqual(ids(0, 12).sort());
  });

  it('shares with all or with none', async () => {
    const unknownAccount = freshId();

    expect(await refused({ AddAccount: [...ids(0, 1), unknownAccount] })).toEqual(clientError('InvalidAccount.NotFound', 404));
    expect(await refused({ AddAccount: [...ids(0, 1), owner.account] })).toEqual(clientError('InvalidAccount.Forbbiden', 404));
    expect(await refused({ AddAccount: ids(0, 1), RemoveAccount: ids(0, 1) })).toEqual(clientError('InvalidParameter', 400));
    expect(await recipients()).toEqual([]);
  });

  it.each(['not an account', '../x', 'x'.repeat(21), '镜像'])('refuses %p, which is not a valid account id', async (account) => {
    const notFound = clientError('InvalidAccount.NotFound', 404);

    expect(await refused({ AddAccount: [...ids(0, 1), account] })).toEqual(notFound);
    expect(await refused({ AddAccount: ids(0, 1), RemoveAccount: [account] })).toEqual(notFound);
    expect(await recipients()).toEqual([]);
  });

  it('is idempotent, and ignores the removal of an account without a share', async () => {
    await modify({ AddAccount: ids(0, 1) });
    await modify({ AddAccount: [...ids(0, 1), ...ids(0, 1)] });
    await modify({ RemoveAccount: ids(1, 2) });

    expect(await recipients()).toEqual(ids(0, 1));
  });

  it('changes nothing without accounts, but still fails for others than the owner', async () => {
    const [other] = await Promise.all([freshEcsAccount(), modify({}), modify({ IsPublic: false, AddAccount: [] })]);
    const image = { RegionId, ImageId };

    expect(await recipients()).toEqual([]);
    expect(await other.ecs.refused('ModifyImageSharePermission', image)).toEqual(clientError('InvalidImageId.NotFound', 404));
  });

  it('refuses community images', async () => {
    expect(await refused({ IsPublic: true, AddAccount: ids(0, 1) })).toEqual(clientError('InvalidParameter', 400));
    expect(await recipients()).toEqual([]);
  });

  it('shares an image that is being made', async () => {
    const { imageId: pending } = await anImageOf(owner.api, RegionId, { state: 'pending' });

    expect(await modify({ AddAccount: ids(0, 1), ImageId: pending })).toHaveProperty('RequestId');
    expect(await owner.api.ok(listImageShares, { region: RegionId, imageId: pending })).toMatchObject({
      shares: [{ recipient: ids(0, 1)[0] }],
    });
  });

  it('refuses an image that is missing, public, failed or encrypted with a service-managed key', async () => {
    const publicId = freshId('m-');
    await operator().ok(putPublicImage, { region: RegionId, imageId: publicId, name: publicId, sizeGiB: 20 });
    const [failed, serviceKey, customerKey] = await Promise.all([
      anImageOf(owner.api, RegionId, { state: 'pending' }),
      anImageOf(owner.api, RegionId, { encryption: 'service' }),
      anImageOf(owner.api, RegionId, { encryption: 'customer' }),
    ]);
    await compute().ok(reportImageState, { region: RegionId, imageId: failed.imageId, state: 'failed' });
    const AddAccount = ids(0, 1);

    expect(await refused({ AddAccount, ImageId: 'm-missing' })).toEqual(clientError('InvalidImageId.NotFound', 404));
    expect(await refused({ AddAccount, ImageId: publicId })).toEqual(clientError('InvalidImageId.NotFound', 404));
    expect(await refused({ AddAccount, ImageId: failed.imageId })).toEqual(clientError('IncorrectImageStatus', 400));
    expect(await refused({ AddAccount, ImageId: serviceKey.imageId })).toEqual(
      clientError('OperationDeined.EncryptedSnapshot', 403),
    );
    expect(await modify({ AddAccount, ImageId: customerKey.imageId })).toHaveProperty('RequestId');
  });

  it('changes nothing in a dry run, and returns the errors of the call', async () => {
    expect(await refused({ DryRun: true, AddAccount: ids(0, 1) })).toEqual(clientError('DryRunOperation', 400));
    expect(await refused({ DryRun: true, AddAccount: [freshId()] })).toEqual(clientError('InvalidAccount.NotFound', 404));
    expect(await recipients()).toEqual([]);
  });

  it('never exceeds the limit of recipients with concurrent calls', async () => {
    const others = await freshMembers(41);
    await share(
      owner.api,
      { region: RegionId, imageId: ImageId },
      others.map(({ account }) => account),
    );
    const results = await Promise.allSettled(ids(0, 12).map((account) => modify({ AddAccount: [account] })));

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(9);
    expect(results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as { code: string }).code] : []))).toEqual(
      ['QuotaExceed.ShareImageUser', 'QuotaExceed.ShareImageUser', 'QuotaExceed.ShareImageUser'],
    );
    expect(await recipients()).toHaveLength(50);
  });
});

describe('DescribeImageSharePermission', () => {
  it('returns numbered pages, in the order of sharing', async () => {
    for (const account of ids(0, 3)) {
      await modify({ AddAccount: [account] });
    }
    const page = (parameters: Fields) => owner.ecs.ok('DescribeImageSharePermission', { RegionId, ImageId, ...parameters });

    expect(await page({ PageSize: 2 })).toMatchObject({ TotalCount: 3, PageNumber: 1, PageSize: 2, ImageId, RegionId });
    expect(((await page({ PageNumber: 2, PageSize: 2 }))['Accounts'] as { Account: unknown[] }).Account).toHaveLength(1);
    expect(await page({ PageNumber: 3, PageSize: 2 })).toMatchObject({ TotalCount: 3, Accounts: { Account: [] } });
    expect(await page({})).toMatchObject({ PageSize: 10, ShareGroups: { ShareGroup: [] } });
  });
});
