/** Alibaba Cloud's official packages, unmodified, each behind the same few words. */
import { setImmediate as turn } from 'node:timers/promises';
import ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import PopCore from '@alicloud/pop-core';
import type { Key } from '../../sdk/keys.ts';
import { origin } from '../../support/service.ts';

// Loading the packages holds up everything for seconds. Connections that the service has closed meanwhile are noticed in the
// next turn of the event loop, before a test sends anything over them.
await turn();
await turn();

/** The packages give up a connection after seconds, which a busy machine may need. */
const timeoutMs = 120_000;

/** Fields by their names on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a user of the package catches. */
interface Caught {
  /** Of the exception. */
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

/** A client of one package for one access key. */
export interface Client {
  /** Makes a call that has to succeed. */
  ok(action: string, parameters?: Fields): Promise<Fields>;
  /** Makes a call that has to be refused. */
  refused(action: string, parameters?: Fields): Promise<Caught>;
}

const asClient = (
  call: (action: string, parameters: Fields) => Promise<Fields>,
  caught: (thrown: unknown) => Caught,
): Client => ({
  ok: (action, parameters = {}) => call(action, parameters),
  refused: async (action, parameters = {}) => {
    let answer: Fields;
    try {
      answer = await call(action, parameters);
    } catch (thrown) {
      return caught(thrown);
    }
    throw new Error(`${action} was not refused: ${JSON.stringify(answer)}`);
  },
});

/** A class of the package for a request or a part of one. */
interface ModelClass {
  new (fields: Fields): object;
  names(): Readonly<Record<string, string>>;
  types(): Readonly<Record<string, ModelClass | { readonly itemType: ModelClass | string } | string>>;
}

/** Fields by their names on the wire, as the package's own class for them. */
function modelOf(Class: ModelClass, fields: Fields): object {
  const own = Object.fromEntries(Object.entries(Class.names()).map(([field, name]) => [name, field]));
  const types = Class.types();
  const valueOfType = (type: (typeof types)[string] | undefined, value: unknown): unknown =>
    Array.isArray(value) && typeof type === 'object'
      ? value.map((one) => valueOfType(type.itemType, one))
      : typeof type === 'function'
        ? modelOf(type, value as Fields)
        : value;
  const stated = Object.entries(fields).map(([name, value]) => {
    const field = own[name];
    if (field === undefined) {
      throw new Error(`${Class.name} has no ${name}`);
    }
    return [field, valueOfType(types[field], value)];
  });
  return new Class(Object.fromEntries(stated));
}

/** @alicloud/ecs20140526: the V3 protocol, or RPC with `signatureAlgorithm: 'v2'`. */
export function ecsClient({ keyId, secret }: Key, signatureAlgorithm?: 'v2'): Client {
  const client = new ecs.default(
    new $OpenApiUtil.Config({
      accessKeyId: keyId,
      accessKeySecret: secret,
      regionId: 'cn-hangzhou',
      endpoint: new URL(origin()).host,
      protocol: 'HTTP',
      connectTimeout: timeoutMs,
      readTimeout: timeoutMs,
      ...(signatureAlgorithm !== undefined && { signatureAlgorithm }),
    }),
  );
  const requests = ecs as unknown as Readonly<Record<string, ModelClass>>;
  const calls = client as unknown as Readonly<Record<string, (request: object) => Promise<{ body: { toMap(): Fields } }>>>;
  const call = async (action: string, parameters: Fields): Promise<Fields> => {
    const Request = requests[`${action}Request`];
    const make = calls[`${action.charAt(0).toLowerCase()}${action.slice(1)}`]?.bind(client);
    if (Request === undefined || make === undefined) {
      throw new Error(`The package has no ${action}`);
    }
    const { body } = await make(modelOf(Request, parameters));
    return body.toMap();
  };
  return asClient(call, (thrown) => {
    const { code, statusCode, name } = thrown as { code: string; statusCode: number; name: string };
    return { name: name === 'Error' ? (thrown as Error).constructor.name : name, code, status: statusCode };
  });
}

/** @alicloud/pop-core: the RPC protocol, in a form or in the query. */
function popClient({ keyId, secret }: Key, method: 'GET' | 'POST'): Client {
  const client = new PopCore({
    accessKeyId: keyId,
    accessKeySecret: secret,
    endpoint: origin(),
    apiVersion: '2014-05-26',
    opts: { timeout: timeoutMs },
  });
  return asClient(
    (action, parameters) => client.request<Fields>(action, parameters, { method }),
    (thrown) => {
      const { name, code, entry } = thrown as { name: string; code: string; entry: { response: { statusCode: number } } };
      return { name, code, status: entry.response.statusCode };
    },
  );
}

/** Every way in which the official packages speak, and the name of the exception that each throws for a code. */
export const sdks: readonly {
  readonly sdk: string;
  readonly clientOf: (key: Key) => Client;
  readonly thrown: (code: string) => string;
}[] = [
  { sdk: '@alicloud/ecs20140526', clientOf: (key) => ecsClient(key), thrown: () => 'ClientError' },
  {
    sdk: "@alicloud/ecs20140526 with signatureAlgorithm 'v2'",
    clientOf: (key) => ecsClient(key, 'v2'),
    thrown: () => 'ClientError',
  },
  { sdk: '@alicloud/pop-core by POST', clientOf: (key) => popClient(key, 'POST'), thrown: (code) => `${code}Error` },
  { sdk: '@alicloud/pop-core by GET', clientOf: (key) => popClient(key, 'GET'), thrown: (code) => `${code}Error` },
];
