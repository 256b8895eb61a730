/** CVM by tencentcloud-sdk-nodejs-cvm. Loading it takes a second, so each SDK has a file of its own here. */
import cvmSdk from 'tencentcloud-sdk-nodejs-cvm';
import { type Key, keyOf } from '../../sdk/keys.ts';
import type { Call } from '../../sdk/tencent/calls.ts';
import { freshMembers } from '../../support/api.ts';
import { inBatches, type Member } from '../../support/client.ts';
import { configurationOf, type Manner } from './configuration.ts';

/** An account with a key of its own. */
export interface Holder extends Member {
  readonly key: Key;
  /** Calls CVM with it. */
  readonly cvm: Call;
}

export async function freshHolders(count: number): Promise<Holder[]> {
  const holders: Holder[] = [];
  await inBatches(await freshMembers(count), async (member) => {
    const key = await keyOf(member);
    holders.push(Object.assign(member, { key, cvm: cvmCalls(key) }));
  });
  return holders;
}

export function cvmCalls(key: Key, manner: Manner = {}): Call {
  const client = new cvmSdk.cvm.v20170312.Client(configurationOf(key, manner));
  return async (action, parameters = {}) => {
    const method = client[action as 'DescribeImages'];
    return typeof method === 'function' ? method.call(client, parameters) : client.request(action, parameters);
  };
}
