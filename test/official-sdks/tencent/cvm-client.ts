/** CVM with tencentcloud-sdk-nodejs-cvm. Each SDK has its own file, because loading one takes a second. */
import cvmSdk from 'tencentcloud-sdk-nodejs-cvm';
import { type Key, keyOf } from '../../sdk/keys.ts';
import type { Call } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { inBatches, type Member } from '../../support/client.ts';
import { configurationOf, type SdkOptions } from './configuration.ts';

/** An account with an access key. */
export interface Principal extends Member {
  readonly key: Key;
  /** Calls CVM with that key. */
  readonly cvm: Call;
}

export async function freshPrincipals(count: number): Promise<Principal[]> {
  const principals: Principal[] = [];
  await inBatches(await freshMembers(count), async (member) => {
    const key = await keyOf(member);
    principals.push(Object.assign(member, { key, cvm: cvmCalls(key) }));
  });
  return principals;
}

export function cvmCalls(key: Key, options: SdkOptions = {}): Call {
  const client = new cvmSdk.cvm.v20170312.Client(configurationOf(key, options));
  return async (action, parameters = {}) => {
    const method = client[action as 'DescribeImages'];
    return typeof method === 'function' ? method.call(client, parameters) : client.request(action, parameters);
  };
}
