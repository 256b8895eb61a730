/**
 * Things that `STAND_INS=packer npm start` remembers but the service doesn't have, such as networks and key pairs. They exist
 * only in the memory of this process: a restart loses them, and the rest of the service doesn't see them.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Service } from '../../lib/sdk/service.ts';
import { type Fields, ProviderError, type WireAction, type WireError, wireAction } from '../../lib/sdk/wire.ts';
import { Text } from '../../lib/sdk/wire-fields.ts';

type Account = Pick<Service, 'account'>;

/** All things of one kind, by ID. An account finds only its own. */
export class Kind {
  /** The field with the ID, in requests and responses. */
  readonly idField: string;
  readonly #prefix: string;
  readonly #missing: WireError;
  readonly #things = new Map<string, { readonly account: string; readonly fields: Fields }>();

  constructor(idField: string, prefix: string, missing: WireError) {
    this.idField = idField;
    this.#prefix = prefix;
    this.#missing = missing;
  }

  /** Adds a thing, with a new ID unless the fields contain one. */
  add(by: Account, fields: Fields): Fields {
    const thing = { [this.idField]: `${this.#prefix}${randomBytes(4).toString('hex')}`, ...fields };
    this.#set(by, thing);
    return thing;
  }

  /** Returns the things of the account, oldest first. */
  all({ account }: Account): Fields[] {
    return [...this.#things.values()].filter((thing) => thing.account === account).map(({ fields }) => fields);
  }

  /** Returns the fields of a thing. Throws ProviderError if the account has none with this ID. */
  find({ account }: Account, id: string): Fields {
    const thing = this.#things.get(id);
    if (thing?.account !== account) {
      throw new ProviderError(this.#missing);
    }
    return thing.fields;
  }

  change(by: Account, id: string, fields: Fields): void {
    this.#set(by, { ...this.find(by, id), ...fields });
  }

  remove(by: Account, id: string): void {
    this.find(by, id);
    this.#things.delete(id);
  }

  #set({ account }: Account, fields: Fields): void {
    this.#things.set(String(fields[this.idField]), { account, fields });
  }
}

/** An action that adds a thing with the fields that `fields` takes from the request, and returns it as `response` formats it. */
export const create = (
  kind: Kind,
  fields: (requested: Fields) => Fields,
  response: (made: Fields) => Fields = (made) => made,
): WireAction =>
  wireAction({
    parameters: z.looseObject({}),
    run: async (requested, service) => response(kind.add(service, fields(requested))),
  });

/** An action on the thing whose ID the request contains. */
export const onOne = (kind: Kind, run: (id: string, service: Service, requested: Fields) => void): WireAction => ({
  parameters: z.looseObject({ [kind.idField]: Text }),
  async run(requested: Fields, service) {
    run(String(requested[kind.idField]), service, requested);
    return {};
  },
});

export const remove = (kind: Kind): WireAction => onOne(kind, (id, service) => kind.remove(service, id));

/** An action that succeeds if the thing exists, and changes nothing. */
export const accept = (kind: Kind): WireAction => onOne(kind, (id, service) => kind.find(service, id));

let addresses = 0;

/** Returns an address that nothing has: 192.0.2.0/24 is for documentation (RFC 5737). */
export const deadAddress = (): string => {
  addresses += 1;
  return `192.0.2.${(addresses % 254) + 1}`;
};
