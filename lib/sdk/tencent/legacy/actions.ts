import * as z from 'zod';
import { type Dialect, wireAction } from '../../wire.ts';
import { AccountsParameter, accountsMax, ImageParameter } from '../parameters.ts';

const Accounts = AccountsParameter.max(accountsMax, `must have at most ${accountsMax} entries`);

const sharingAction = (
  changeOf: (accounts: z.output<typeof AccountsParameter>) => { add: typeof accounts; remove: typeof accounts },
) =>
  wireAction({
    parameters: z.strictObject({ imageId: ImageParameter, uinList: Accounts }),
    async run({ imageId, uinList }, service) {
      await service.changeShares(imageId, changeOf(uinList));
      return {};
    },
  });

/** The actions of API 2.0. Source: https://cloud.tencent.com/document/api/213/2361 and .../213/2390. */
export const legacyActions: Dialect['actions'] = {
  CancelShareImage: sharingAction((accounts) => ({ add: [], remove: accounts })),
  ShareImage: sharingAction((accounts) => ({ add: accounts, remove: [] })),
};
