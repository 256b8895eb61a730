/** Shares of images of CVM. */
import * as z from 'zod';
import { wireAction } from '../../wire.ts';
import { Accounts, accountsMax, Image, Permission, requireAtMost, timeOf } from '../parameters.ts';

export const modifyImageSharePermission = wireAction({
  parameters: z.strictObject({ ImageId: Image, AccountIds: Accounts, Permission }),
  async run({ ImageId, AccountIds, Permission: permission }, service) {
    requireAtMost(accountsMax, 'AccountIds', AccountIds);
    await service.changeShares(
      ImageId,
      permission === 'SHARE' ? { add: AccountIds, remove: [] } : { add: [], remove: AccountIds },
    );
    return {};
  },
});

export const describeImageSharePermission = wireAction({
  parameters: z.strictObject({ ImageId: Image }),
  async run({ ImageId }, service) {
    const { shares } = await service.shares(ImageId);
    return {
      SharePermissionSet: shares.map(({ sharedAt, recipient }) => ({ CreatedTime: timeOf(sharedAt), AccountId: recipient })),
    };
  },
});
