import { anImageOf } from '../../support/client.ts';
import { importImage, region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let owner: Caller;
let recipient: Caller;
beforeAll(async () => {
  [owner, recipient] = await Promise.all([freshCaller(), freshCaller()]);
});

describe('ModifyImageSharePermission', () => {
  const sharing = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'SHARE' });

  it('shares with all given accounts or with none', async () => {
    const ImageId = await importImage(owner.call);
    for (const [account, code] of [
      ['100999999999', 'InvalidAccountId.NotFound'],
      ['no account', 'InvalidAccountId.NotFound'],
      [owner.account, 'InvalidAccountIs.YourSelf'],
    ] as const) {
      expect((await owner.call('ModifyImageSharePermission', sharing(ImageId, recipient.account, account))).Error?.Code).toBe(
        code,
      );
    }
    expect(await owner.call('DescribeImageSharePermission', { ImageId })).toMatchObject({ SharePermissionSet: [] });
  });

  it('accepts an existing share, and ignores the cancellation of a missing one', async () => {
    const ImageId = await importImage(owner.call);
    await owner.call('ModifyImageSharePermission', { ...sharing(ImageId, recipient.account), Permission: 'CANCEL' });
    await owner.call('ModifyImageSharePermission', sharing(ImageId, recipient.account, recipient.account));
    await owner.call('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await owner.call('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account }],
    });
  });

  it('refuses images with data disks and encrypted images with specific codes', async () => {
    const withDataDisk = await anImageOf(owner, region, { disks: [{ sizeGiB: 10 }] });
    const encrypted = await anImageOf(owner, region, { encryption: 'customer' });
    expect((await owner.call('ModifyImageSharePermission', sharing(withDataDisk.imageId, recipient.account))).Error?.Code).toBe(
      'InvalidParameter.InstanceImageNotSupport',
    );
    expect((await owner.call('ModifyImageSharePermission', sharing(encrypted.imageId, recipient.account))).Error?.Code).toBe(
      'UnsupportedOperation.EncryptedImagesNotSupported',
    );
  });

  it('accepts account ids that are numbers', async () => {
    const ImageId = await importImage(owner.call);
    const parameters = { ImageId, AccountIds: [100_999_999_999], Permission: 'SHARE' };
    expect((await owner.call('ModifyImageSharePermission', parameters)).Error?.Message).toContain('100999999999');
  });

  it.each<[string, object, string]>([
    ['no accounts', { AccountIds: undefined }, 'MissingParameter'],
    ['an empty list of accounts', { AccountIds: [] }, 'InvalidParameterValue'],
    ['an unknown permission', { Permission: 'share' }, 'InvalidParameterValue'],
    ['a missing image', { ImageId: 'img-00000000' }, 'InvalidImageId.NotFound'],
    ['an invalid image id', { ImageId: 'img-1' }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    const parameters = { ...sharing('img-00000000', recipient.account), ...change };
    expect((await owner.call('ModifyImageSharePermission', parameters)).Error?.Code).toBe(code);
  });
});
