/** Accounts that use @alicloud/ecs20140526. */
import { freshAccount } from '../../sdk/alibaba/accounts.ts';
import { clients } from '../../support/api.ts';
import { ecsClient } from './sdks.ts';

export const RegionId = 'cn-hangzhou';
/** Another region of the cloud. */
export const otherRegion = 'cn-shanghai';

export async function freshEcsAccount() {
  const account = await freshAccount(clients);
  return { ...account, ecs: ecsClient(account.key) };
}
export type EcsAccount = Awaited<ReturnType<typeof freshEcsAccount>>;

/** The exception of the SDK, as `refused` returns it. */
export const clientError = (code: string, status: number) => ({ name: 'ClientError', code, status });
