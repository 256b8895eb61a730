import { exceptionOf, exceptionWith, importImage, region } from '../../sdk/tencent/calls.ts';
import { anImageOf } from '../../support/client.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
});

describe('ModifyImageSharePermission', () => {
  const sharing = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'SHARE' });

  it('shares with all given accounts or with none', async () => {
    const ImageId = await importImage(owner.cvm);
    for (const [account, code] of [
      ['100999999999', 'InvalidAccountId.NotFound'],
      ['no account', 'InvalidAccountId.NotFound'],
      [owner.account, 'InvalidAccountIs.YourSelf'],
    ] as const) {
      expect(await exceptionOf(owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account, account)))).toEqual(
        exceptionWith(code),
      );
    }
    expect(await owner.cvm('DescribeImageSharePermission', { ImageId })).toMatchObject({ SharePermissionSet: [] });
  });

  it('accepts an existing share, and ignores the cancellation of a missing one', async () => {
    const ImageId = await importImage(owner.cvm);
    await owner.cvm('ModifyImageSharePermission', { ...sharing(ImageId, recipient.account), Permission: 'CANCEL' });
    await owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account, recipient.account));
    await owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await owner.cvm('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account }],
    });
  });

  it('refuses images with data disks and encrypted images with specific codes', async () => {
    const withDataDisk = await anImageOf(owner, region, { disks: [{ sizeGiB: 10 }] });
    const encrypted = await anImageOf(owner, region, { encryption: 'customer' });
    expect(await exceptionOf(owner.cvm('ModifyImageSharePermission', sharing(withDataDisk.imageId, recipient.account)))).toEqual(
      exceptionWith('InvalidParameter.InstanceImageNotSupport'),
    );
    expect(await exceptionOf(owner.cvm('ModifyImageSharePermission', sharing(encrypted.imageId, recipient.account)))).toEqual(
      exceptionWith('UnsupportedOperation.EncryptedImagesNotSupported'),
    );
  });

  it('accepts account ids that are numbers', async () => {
    const ImageId = await importImage(owner.cvm);
    const call = owner.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [100_999_999_999], Permission: 'SHARE' });
    expect((await exceptionOf(call)).message).toContain('100999999999');
  });

  it.each<[string, object, string]>([
    ['no accounts', { AccountIds: undefined }, 'MissingParameter'],
    ['an empty list of accounts', { AccountIds: [] }, 'InvalidParameterValue'],
    [
      'too many accounts',
      { AccountIds: Array.from({ length: 51 }, (_, index) => `${index}`) },
      'InvalidParameterValue.LimitExceeded',
    ],
    ['an unknown permission', { Permission: 'share' }, 'InvalidParameterValue'],
    ['a missing image', { ImageId: 'img-00000000' }, 'InvalidImageId.NotFound'],
    ['an invalid image id', { ImageId: 'img-1' }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    const parameters = { ...sharing('img-00000000', recipient.account), ...change };
    expect(await exceptionOf(owner.cvm('ModifyImageSharePermission', parameters))).toEqual(exceptionWith(code));
  });
});
