/**
 * What `STAND_INS=packer npm start` keeps of things that the service knows nothing about, such as networks and key pairs. They
 * are in the memory of this process: a restart forgets them, and nothing else of the service sees them.
 */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Service } from '../../lib/sdk/service.ts';
import { type Fields, ProviderError, type WireAction, type WireError, wireAction } from '../../lib/sdk/wire.ts';
import { Text } from '../../lib/sdk/wire-fields.ts';

type Account = Pick<Service, 'account'>;

/** One kind of thing, each under an ID that only its account finds. */
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

  /** Adds one, under a new ID unless the fields have it. */
  add(by: Account, fields: Fields): Fields {
    const thing = { [this.idField]: `${this.#prefix}${randomBytes(4).toString('hex')}`, ...fields };
    this.#set(by, thing);
    return thing;
  }

  /** Those of the account, the oldest first. */
  all({ account }: Account): Fields[] {
    return [...this.#things.values()].filter((thing) => thing.account === account).map(({ fields }) => fields);
  }

  /** Throws ProviderError where the account has none under this ID. */
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

/** Adds one with the fields that `fields` takes from the request. Gives what `response` makes of it. */
export const create = (
  kind: Kind,
  fields: (stated: Fields) => Fields,
  response: (made: Fields) => Fields = (made) => made,
): WireAction =>
  wireAction({
    parameters: z.looseObject({}),
    run: async (stated, service) => response(kind.add(service, fields(stated))),
  });

/** An action on the one whose ID the request states. */
export const onOne = (kind: Kind, run: (id: string, service: Service, stated: Fields) => void): WireAction => ({
  parameters: z.looseObject({ [kind.idField]: Text }),
  async run(stated: Fields, service) {
    run(String(stated[kind.idField]), service, stated);
    return {};
  },
});

export const remove = (kind: Kind): WireAction => onOne(kind, (id, service) => kind.remove(service, id));

/** Succeeds where the thing is there, and changes nothing. */
export const accept = (kind: Kind): WireAction => onOne(kind, (id, service) => kind.find(service, id));

let addresses = 0;

/** An address that leads nowhere: 192.0.2.0/24 is for documentation (RFC 5737). */
export const deadAddress = (): string => {
  addresses += 1;
  return `192.0.2.${(addresses % 254) + 1}`;
};
