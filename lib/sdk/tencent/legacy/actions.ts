import * as z from 'zod';
import { type Dialect, ProviderError, wireAction } from '../../wire.ts';
import { AccountsParameter, accountsMax, ImageParameter } from '../parameters.ts';

const sharingAction = (
  changeOf: (accounts: z.output<typeof AccountsParameter>) => { add: typeof accounts; remove: typeof accounts },
) =>
  wireAction({
    parameters: z.strictObject({ imageId: ImageParameter, uinList: AccountsParameter }),
    async run({ imageId, uinList }, service) {
      if (uinList.length > accountsMax) {
        throw new ProviderError({ code: '4000', message: `The parameter uinList must have at most ${accountsMax} accounts.` });
      }
      await service.changeShares(imageId, changeOf(uinList));
      return {};
    },
  });

/** The actions of API 2.0. Source: https://cloud.tencent.com/document/api/213/2361 and .../213/2390. */
export const legacyActions: Dialect['actions'] = {
  CancelShareImage: sharingAction((accounts) => ({ add: [], remove: accounts })),
  ShareImage: sharingAction((accounts) => ({ add: accounts, remove: [] })),
};
