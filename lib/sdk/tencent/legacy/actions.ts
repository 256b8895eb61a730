import * as z from 'zod';
import { type Dialect, ProviderError, wireAction } from '../../wire.ts';
import { Accounts, accountsMax, Image } from '../parameters.ts';

const sharing = (changeOf: (accounts: z.output<typeof Accounts>) => { add: typeof accounts; remove: typeof accounts }) =>
  wireAction({
    parameters: z.strictObject({ imageId: Image, uinList: Accounts }),
    async run({ imageId, uinList }, service) {
      if (uinList.length > accountsMax) {
        throw new ProviderError({ code: '4000', message: `The parameter uinList takes at most ${accountsMax} accounts.` });
      }
      await service.changeShares(imageId, changeOf(uinList));
      return {};
    },
  });

/** The actions of API 2.0. Source: https://cloud.tencent.com/document/api/213/2361 and .../213/2390. */
export const legacyActions: Dialect['actions'] = {
  CancelShareImage: sharing((accounts) => ({ add: [], remove: accounts })),
  ShareImage: sharing((accounts) => ({ add: accounts, remove: [] })),
};
