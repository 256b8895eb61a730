import { caught, exceptionWith, imported, region } from '../../sdk/tencent/calls.ts';
import { anImageOf } from '../../support/client.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
beforeAll(async () => {
  [owner, recipient] = (await freshPrincipals(2)) as [Principal, Principal];
});

describe('ModifyImageSharePermission', () => {
  const sharing = (ImageId: string, ...AccountIds: readonly string[]) => ({ ImageId, AccountIds, Permission: 'SHARE' });

  it('shares with all accounts that it names or with none', async () => {
    const ImageId = await imported(owner.cvm);
    for (const [account, code] of [
      ['100999999999', 'InvalidAccountId.NotFound'],
      ['no account', 'InvalidAccountId.NotFound'],
      [owner.account, 'InvalidAccountIs.YourSelf'],
    ] as const) {
      expect(await caught(owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account, account)))).toEqual(
        exceptionWith(code),
      );
    }
    expect(await owner.cvm('DescribeImageSharePermission', { ImageId })).toMatchObject({ SharePermissionSet: [] });
  });

  it('shares again and cancels what is not shared, without harm', async () => {
    const ImageId = await imported(owner.cvm);
    await owner.cvm('ModifyImageSharePermission', { ...sharing(ImageId, recipient.account), Permission: 'CANCEL' });
    await owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account, recipient.account));
    await owner.cvm('ModifyImageSharePermission', sharing(ImageId, recipient.account));
    expect(await owner.cvm('DescribeImageSharePermission', { ImageId })).toMatchObject({
      SharePermissionSet: [{ AccountId: recipient.account }],
    });
  });

  it('refuses images with data disks and encrypted ones by codes of their own', async () => {
    const whole = await anImageOf(owner, region, { disks: [{ sizeGiB: 10 }] });
    const encrypted = await anImageOf(owner, region, { encryption: 'customer' });
    expect(await caught(owner.cvm('ModifyImageSharePermission', sharing(whole.imageId, recipient.account)))).toEqual(
      exceptionWith('InvalidParameter.InstanceImageNotSupport'),
    );
    expect(await caught(owner.cvm('ModifyImageSharePermission', sharing(encrypted.imageId, recipient.account)))).toEqual(
      exceptionWith('UnsupportedOperation.EncryptedImagesNotSupported'),
    );
  });

  it('takes ids of accounts that are numbers', async () => {
    const ImageId = await imported(owner.cvm);
    const call = owner.cvm('ModifyImageSharePermission', { ImageId, AccountIds: [100_999_999_999], Permission: 'SHARE' });
    expect((await caught(call)).message).toContain('100999999999');
  });

  it.each<[string, object, string]>([
    ['no accounts', { AccountIds: undefined }, 'MissingParameter'],
    ['an empty list of accounts', { AccountIds: [] }, 'InvalidParameterValue'],
    [
      'more accounts than one call takes',
      { AccountIds: Array.from({ length: 51 }, (_, at) => `${at}`) },
      'InvalidParameterValue.LimitExceeded',
    ],
    ['another permission', { Permission: 'share' }, 'InvalidParameterValue'],
    ['an image that is not there', { ImageId: 'img-00000000' }, 'InvalidImageId.NotFound'],
    ['an image id that is none', { ImageId: 'img-1' }, 'InvalidImageId.Malformed'],
  ])('refuses %s', async (_, change, code) => {
    const parameters = { ...sharing('img-00000000', recipient.account), ...change };
    expect(await caught(owner.cvm('ModifyImageSharePermission', parameters))).toEqual(exceptionWith(code));
  });
});
