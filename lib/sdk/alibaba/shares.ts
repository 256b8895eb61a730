import * as z from 'zod';
import { PrincipalId } from '../../model/ids.ts';
import { wireAction } from '../wire.ts';
import { Text } from '../wire-fields.ts';
import { PageParameters, pageOf } from './paging.ts';
import { CallOptions, ImageId, runWithOptions, unsupported } from './parameters.ts';
import { toSecond } from './times.ts';

/** A call uses only the first ten accounts of a list. Source: ModifyImageSharePermission in the SDK reference. */
const Accounts = z
  .array(Text)
  .transform((accounts) => accounts.slice(0, 10))
  .pipe(z.array(PrincipalId))
  .default([]);

/** The older way to share with everyone, `AddGroup.1=all`. */
const noGroups = unsupported("isn't supported: images can only be shared with accounts");

/**
 * Adds and removes accounts in one step. A call without accounts changes nothing, but still fails for callers other than the
 * owner; listing the shares first checks that.
 */
export const modifyImageSharePermission = wireAction({
  parameters: z.object({
    DryRun: CallOptions.DryRun,
    ImageId,
    AddAccount: Accounts,
    RemoveAccount: Accounts,
    IsPublic: unsupported("can't be true, because there are no community images", 'false'),
    LaunchPermission: unsupported("isn't supported: it is a preview of the cloud"),
    AddGroup: noGroups,
    RemoveGroup: noGroups,
  }),
  run: ({ ImageId: imageId, AddAccount: add, RemoveAccount: remove, DryRun }, service) =>
    runWithOptions({ DryRun }, service, async (api) => {
      await api.listShares(imageId);
      if (add.length + remove.length > 0) {
        await api.changeShares(imageId, { add, remove });
      }
      return {};
    }),
});

/** Lists the accounts that an image is shared with. For the owner only. */
export const describeImageSharePermission = wireAction({
  parameters: z.object({ ...PageParameters, ImageId }),
  run: async ({ ImageId: imageId, ...paging }, service) => {
    const { shares } = await service.listShares(imageId);
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
