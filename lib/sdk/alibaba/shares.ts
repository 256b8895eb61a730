import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import { ProviderError, wireAction } from '../wire.ts';
import { Flag, Text } from '../wire-fields.ts';
import { invalidParameter } from './error-codes.ts';
import { Paging, pageOf } from './paging.ts';
import { CallOptions, ImageId, withOptions } from './parameters.ts';
import { toSecond } from './times.ts';

/** Accounts of which one call heeds the first ten alone: ModifyImageSharePermission in the reference of its SDK. */
const Accounts = z
  .array(Text, { error: 'must be a list: AddAccount.1, AddAccount.2 and so on' })
  .transform((accounts) => accounts.slice(0, 10))
  .pipe(z.array(PrincipalId))
  .default([]);

/**
 * Adds and removes accounts in one step. A call that names none changes nothing; as any other it is for the owner alone, who
 * is told by the list of shares, which nobody else sees.
 */
export const modifyImageSharePermission = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    AddAccount: Accounts,
    RemoveAccount: Accounts,
    IsPublic: Flag.optional(),
  }),
  run: ({ ImageId: imageId, AddAccount: add, RemoveAccount: remove, IsPublic, DryRun }, service) =>
    withOptions({ DryRun }, service, async (calls) => {
      await calls.shares(imageId);
      if (IsPublic === true) {
        throw new ProviderError(invalidParameter('IsPublic', 'cannot be true: there are no community images here'));
      }
      if (add.length + remove.length > 0) {
        await calls.changeShares(imageId, { add, remove });
      }
      return {};
    }),
});

/** Lists to the owner of an image who holds it. */
export const describeImageSharePermission = wireAction({
  parameters: z.object({ ...Paging, ImageId }),
  run: async ({ ImageId: imageId, ...paging }, service) => {
    const { shares } = await service.shares(imageId);
    const { entries, fields } = pageOf(shares, paging);
    return {
      ...fields,
      RegionId: service.region,
      ImageId: imageId,
      Accounts: { Account: entries.map(({ recipient, sharedAt }) => ({ AliyunId: recipient, SharedTime: toSecond(sharedAt) })) },
      ShareGroups: { ShareGroup: [] },
    };
  },
});
