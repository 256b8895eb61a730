import * as z from 'zod';
import { wireAction } from '../wire.ts';

/** The largest number of digits that a JSON number always represents exactly. */
const exactDigitsMax = 15;

/**
 * Returns the account of the key. E-mail address, phone number, and identity verification are unknown and left out, and so is
 * `UserId`, a number, if the account's ID isn't one. Source: UserInfo in https://github.com/ucloud/ucloud-sdk-go,
 * services/uaccount.
 */
export const getUserInfo = wireAction({
  parameters: z.object({}),
  async run(_, service) {
    const { accountId, name } = await service.getAccount();
    const isNumber = /^[1-9]\d*$/.test(accountId) && accountId.length <= exactDigitsMax;
    return { DataSet: [{ ...(isNumber && { UserId: Number(accountId) }), UserName: name }] };
  },
});
