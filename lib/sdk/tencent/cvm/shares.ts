/** Shares CVM images. */
import * as z from 'zod';
import { wireAction } from '../../wire.ts';
import { AccountsParameter, accountsMax, ImageParameter, Permission, requireAtMost, timeOf } from '../parameters.ts';

export const modifyImageSharePermission = wireAction({
  parameters: z.strictObject({ ImageId: ImageParameter, AccountIds: AccountsParameter, Permission }),
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
  parameters: z.strictObject({ ImageId: ImageParameter }),
  async run({ ImageId }, service) {
    const { shares } = await service.listShares(ImageId);
    return {
      SharePermissionSet: shares.map(({ sharedAt, recipient }) => ({ CreatedTime: timeOf(sharedAt), AccountId: recipient })),
    };
  },
});
