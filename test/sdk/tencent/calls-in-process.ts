/** Calls of the cloud's actions in this process. */

import type { Member } from '../../support/client.ts';
import { freshMember } from '../../support/in-process.ts';
import { type Key, keyOf } from '../keys.ts';
import { type Product, productVersions } from './actions.ts';
import { request, send } from './wire-request.ts';

/** The `Response` of a call. */
export type ActionResponse = Readonly<Record<string, unknown>> & {
  readonly Error?: { readonly Code: string; readonly Message: string };
};

/** An account that calls actions with signature v3. CBS has the version of CVM. */
export interface Caller extends Member {
  readonly key: Key;
  readonly call: (action: string, parameters?: object, where?: { product?: Product; region?: string }) => Promise<ActionResponse>;
}

export async function freshCaller(): Promise<Caller> {
  const member = await freshMember();
  const key = await keyOf(member);
  return Object.assign(member, {
    key,
    call: async (
      action: string,
      parameters: object = {},
      { product = 'cvm', region = 'ap-guangzhou' }: { product?: Product; region?: string } = {},
    ) => {
      const signed = request({ version: productVersions[product], action, region, body: JSON.stringify(parameters) }, key);
      return (await send(signed)).body.Response as ActionResponse;
    },
  });
}
