/** Shares of images of Lighthouse. */
import * as z from 'zod';
import { wireAction } from '../../wire.ts';
import { Filters, lighthouseFiltering, passing } from '../filters.ts';
import { Accounts, atLeastOne, Blueprint, blueprintIdOf, onPage, page, requireAtMost, timeOf } from '../parameters.ts';
import { blueprintNamed } from './image-view.ts';

/** Accounts that one call may name. Source: https://cloud.tencent.com/document/api/1207/101338. */
const accountsMax = 10;
/** Blueprints that one call may name, as many as lists answer. */
const idsMax = 100;

const sharing = (changeOf: (accounts: z.output<typeof Accounts>) => { add: typeof accounts; remove: typeof accounts }) =>
  wireAction({
    parameters: z.strictObject({ BlueprintId: Blueprint, AccountIds: Accounts }),
    async run({ BlueprintId, AccountIds }, service) {
      requireAtMost(accountsMax, 'AccountIds', AccountIds);
      const { imageId } = await blueprintNamed(service, BlueprintId);
      await service.changeShares(imageId, changeOf(AccountIds));
      return {};
    },
  });

export const shareBlueprintAcrossAccounts = sharing((accounts) => ({ add: accounts, remove: [] }));
export const cancelShareBlueprintAcrossAccounts = sharing((accounts) => ({ add: [], remove: accounts }));

interface SharingInfo {
  readonly BlueprintId: string;
  readonly AccountId: string;
  readonly CreatedTime: string;
}

/** Source: https://cloud.tencent.com/document/product/1207/132389. */
const filtering = {
  ...lighthouseFiltering,
  names: { 'account-id': ({ AccountId }: SharingInfo, value: string) => AccountId === value },
};

export const describeBlueprintsShareAcrossAccountInfos = wireAction({
  parameters: z.strictObject({ BlueprintIds: atLeastOne(Blueprint), Filters, ...page }),
  async run({ BlueprintIds, Filters: filters, ...cut }, service) {
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const infos = await Promise.all(
      [...new Set(BlueprintIds)].map(async (id): Promise<SharingInfo[]> => {
        const { imageId } = await blueprintNamed(service, id);
        const { shares } = await service.shares(imageId);
        return shares.map(({ recipient, sharedAt }) => ({
          BlueprintId: blueprintIdOf(imageId),
          AccountId: recipient,
          CreatedTime: timeOf(sharedAt),
        }));
      }),
    );
    const matching = passing(infos.flat(), filters, filtering);
    return { TotalCount: matching.length, BlueprintShareAcrossAccountInfoSet: onPage(matching, cut) };
  },
});
