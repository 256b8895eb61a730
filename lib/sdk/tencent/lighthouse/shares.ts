/** Shares Lighthouse images. */
import * as z from 'zod';
import { PrincipalId } from '../../../model/ids.ts';
import { wireAction } from '../../wire.ts';
import { byText, Filters, lighthouseFilterLimits, selectBy } from '../filters.ts';
import {
  AccountsParameter,
  atLeastOne,
  BlueprintParameter,
  blueprintIdOf,
  pageOf,
  pageParameters,
  requireAtMost,
  timeOf,
} from '../parameters.ts';
import { requireBlueprint } from './image-view.ts';

/** The most accounts in one call. Source: https://cloud.tencent.com/document/api/1207/101338. */
const accountsMax = 10;
/** The most blueprints in one call: as many as on the largest page of a list. */
const idsMax = 100;

const sharingAction = (
  changeOf: (accounts: z.output<typeof AccountsParameter>) => { add: typeof accounts; remove: typeof accounts },
) =>
  wireAction({
    parameters: z.strictObject({ BlueprintId: BlueprintParameter, AccountIds: AccountsParameter }),
    async run({ BlueprintId, AccountIds }, service) {
      requireAtMost(accountsMax, 'AccountIds', AccountIds);
      const { imageId } = await requireBlueprint(service, BlueprintId);
      await service.changeShares(imageId, changeOf(AccountIds));
      return {};
    },
  });

export const shareBlueprintAcrossAccounts = sharingAction((accounts) => ({ add: accounts, remove: [] }));
export const cancelShareBlueprintAcrossAccounts = sharingAction((accounts) => ({ add: [], remove: accounts }));

interface SharingInfo {
  readonly BlueprintId: string;
  readonly AccountId: string;
  readonly CreatedTime: string;
}

/** Source: https://cloud.tencent.com/document/product/1207/132389. */
const filterRules = {
  ...lighthouseFilterLimits,
  byName: {
    'account-id': byText(({ AccountId }: SharingInfo) => AccountId, {
      test: (value) => PrincipalId.safeParse(value).success,
      reason: 'the ID of an account',
    }),
  },
};

export const describeBlueprintsShareAcrossAccountInfos = wireAction({
  parameters: z.strictObject({ BlueprintIds: atLeastOne(BlueprintParameter), Filters, ...pageParameters }),
  async run({ BlueprintIds, Filters: filters, ...page }, service) {
    requireAtMost(idsMax, 'BlueprintIds', BlueprintIds);
    const select = selectBy<SharingInfo>(filters, filterRules);
    const infos = await Promise.all(
      [...new Set(BlueprintIds)].map(async (id): Promise<SharingInfo[]> => {
        const { imageId } = await requireBlueprint(service, id);
        const { shares } = await service.listShares(imageId);
        return shares.map(({ recipient, sharedAt }) => ({
          BlueprintId: blueprintIdOf(imageId),
          AccountId: recipient,
          CreatedTime: timeOf(sharedAt),
        }));
      }),
    );
    const matching = select(infos.flat());
    return { TotalCount: matching.length, BlueprintShareAcrossAccountInfoSet: pageOf(matching, page) };
  },
});
