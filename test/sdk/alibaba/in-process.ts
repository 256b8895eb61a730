/** Calls of accounts in the V3 protocol to the service in this process. */

import { noon, secondsFromNoon } from '../../support/builders.ts';
import { anImageOf, freshId } from '../../support/client.ts';
import { clients, clock, fetchInProcess, host } from '../../support/in-process.ts';
import { type Account, freshAccount } from './accounts.ts';
import { inSeconds, v3Request } from './signing.ts';
import { sent } from './wire-request.ts';

export const RegionId = 'cn-hangzhou';
/** Another region of the cloud. */
export const otherRegion = 'cn-shanghai';

/** Parameters by name. Lists and objects are flattened, lists from 1 on: `AddAccount.1`. */
export type Parameters = Readonly<Record<string, unknown>>;
export type Fields = Readonly<Record<string, unknown>>;

/** The error of a refused call. */
interface Refusal {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
}

export interface EcsAccount extends Account {
  /** Makes a call in `RegionId` that must succeed. */
  readonly ok: (action: string, parameters?: Parameters) => Promise<Fields>;
  /** Makes a call in `RegionId` that must be refused. */
  readonly refused: (action: string, parameters?: Parameters) => Promise<Refusal>;
}

/** Flattens a parameter to the names and values of the RPC protocol. */
export const flatten = (value: unknown, name: string): [string, string][] =>
  value === undefined
    ? []
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([part, child]) =>
          flatten(child, `${name}.${Array.isArray(value) ? Number(part) + 1 : part}`),
        )
      : [[name, String(value)]];

/** Creates an account with an access key. */
export async function freshEcsAccount(): Promise<EcsAccount> {
  const account = await freshAccount(clients);
  const call = (action: string, parameters: Parameters) =>
    sent(
      v3Request({
        key: account.key,
        host,
        action,
        parameters: Object.fromEntries(
          Object.entries({ RegionId, ...parameters }).flatMap(([name, value]) => flatten(value, name)),
        ),
        date: inSeconds(clock.at),
        nonce: freshId(),
      }),
      fetchInProcess,
    );
  return {
    ...account,
    async ok(action, parameters = {}) {
      const { status, text, fields } = await call(action, parameters);
      if (status !== 200) {
        throw new Error(`${action} was refused: ${status} ${text}`);
      }
      return fields;
    },
    async refused(action, parameters = {}) {
      const { status, text, fields } = await call(action, parameters);
      if (status === 200) {
        throw new Error(`${action} succeeded: ${text}`);
      }
      return { status, code: fields.Code, message: fields.Message };
    },
  };
}

/** Sets the clock to noon. Returns a function that creates images of the account, each a second after the last one. */
export function imagesInTurn({ api }: EcsAccount): (fields?: Parameters) => Promise<string> {
  let created = 0;
  clock.at = noon;
  return async (fields = {}) => {
    created += 1;
    clock.at = secondsFromNoon(created);
    return (await anImageOf(api, RegionId, fields)).imageId;
  };
}

/** Returns the entries of a list in a response: `{"Images": {"Image": [...]}}`. */
export const entriesOf = (fields: Fields, outer: string, inner: string): readonly Fields[] =>
  (fields[outer] as Readonly<Record<string, readonly Fields[]>>)[inner] ?? [];
