/** Accounts that call by @alicloud/ecs20140526, and what they meet. */

import { freshAccount } from '../../sdk/alibaba/accounts.ts';
import { clients } from '../../support/api.ts';
import { ecsClient } from './sdks.ts';

export const RegionId = 'cn-hangzhou';
/** Another region of the cloud's. */
export const elsewhere = 'cn-shanghai';

export async function freshEcsAccount() {
  const account = await freshAccount(clients);
  return { ...account, ecs: ecsClient(account.key) };
}
export type EcsAccount = Awaited<ReturnType<typeof freshEcsAccount>>;

/** What they catch. */
export const told = (code: string, status: number) => ({ name: 'ClientError', code, status });
