/** Clients for Alibaba Cloud's official packages, unmodified, with a common interface. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import PopCore from '@alicloud/pop-core';
import type { Key } from '../../sdk/keys.ts';
import { origin } from '../../support/service.ts';

// Loading the packages blocks the event loop for seconds. Let it notice the connections that the service has closed in the
// meantime, before a test uses one of them.
await nextTurn();
await nextTurn();

/** The default timeouts of a few seconds are too short for a busy machine. */
const timeoutMs = 120_000;

/** Fields by wire name. */
export type Fields = Readonly<Record<string, unknown>>;

/** An exception of the package. */
interface SdkError {
  readonly name: string;
  readonly code: string;
  readonly status: number;
}

/** A client of one package with one access key. */
export interface Client {
  /** Makes a call that must succeed. */
  ok(action: string, parameters?: Fields): Promise<Fields>;
  /** Makes a call that must fail, and returns its error. */
  refused(action: string, parameters?: Fields): Promise<SdkError>;
}

const asClient = (
  call: (action: string, parameters: Fields) => Promise<Fields>,
  errorOf: (thrown: unknown) => SdkError,
): Client => ({
  ok: (action, parameters = {}) => call(action, parameters),
  refused: async (action, parameters = {}) => {
    let response: Fields;
    try {
      response = await call(action, parameters);
    } catch (thrown) {
      return errorOf(thrown);
    }
    throw new Error(`${action} succeeded: ${JSON.stringify(response)}`);
  },
});

/** A class of the package for a request or a nested object. */
interface ModelClass {
  new (fields: Fields): object;
  names(): Readonly<Record<string, string>>;
  types(): Readonly<Record<string, ModelClass | { readonly itemType: ModelClass | string } | string>>;
}

/** Converts fields by wire name to an instance of the package's class. */
function modelOf(Class: ModelClass, fields: Fields): object {
  const fieldNames = Object.fromEntries(Object.entries(Class.names()).map(([field, name]) => [name, field]));
  const types = Class.types();
  const valueOfType = (type: (typeof types)[string] | undefined, value: unknown): unknown =>
    Array.isArray(value) && typeof type === 'object'
      ? value.map((entry) => valueOfType(type.itemType, entry))
      : typeof type === 'function'
        ? modelOf(type, value as Fields)
        : value;
  const modelFields = Object.entries(fields).map(([name, value]) => {
    const field = fieldNames[name];
    if (field === undefined) {
      throw new Error(`${Class.name} has no ${name}`);
    }
    return [field, valueOfType(types[field], value)];
  });
  return new Class(Object.fromEntries(modelFields));
}

/** @alicloud/ecs20140526 with the V3 protocol, or RPC with `signatureAlgorithm: 'v2'`. */
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
  const methods = client as unknown as Readonly<Record<string, (request: object) => Promise<{ body: { toMap(): Fields } }>>>;
  const call = async (action: string, parameters: Fields): Promise<Fields> => {
    const Request = requests[`${action}Request`];
    const method = methods[`${action.charAt(0).toLowerCase()}${action.slice(1)}`]?.bind(client);
    if (Request === undefined || method === undefined) {
      throw new Error(`The package has no ${action}`);
    }
    const { body } = await method(modelOf(Request, parameters));
    return body.toMap();
  };
  return asClient(call, (thrown) => {
    const { code, statusCode, name } = thrown as { code: string; statusCode: number; name: string };
    return { name: name === 'Error' ? (thrown as Error).constructor.name : name, code, status: statusCode };
  });
}

/** @alicloud/pop-core with the RPC protocol, in a form or in the query. */
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

/** The official packages with each of their protocols, and the name of the exception that they throw for a code. */
export const sdks: readonly {
  readonly sdk: string;
  readonly clientOf: (key: Key) => Client;
  readonly exceptionName: (code: string) => string;
}[] = [
  { sdk: '@alicloud/ecs20140526', clientOf: (key) => ecsClient(key), exceptionName: () => 'ClientError' },
  {
    sdk: "@alicloud/ecs20140526 with signatureAlgorithm 'v2'",
    clientOf: (key) => ecsClient(key, 'v2'),
    exceptionName: () => 'ClientError',
  },
  { sdk: '@alicloud/pop-core by POST', clientOf: (key) => popClient(key, 'POST'), exceptionName: (code) => `${code}Error` },
  { sdk: '@alicloud/pop-core by GET', clientOf: (key) => popClient(key, 'GET'), exceptionName: (code) => `${code}Error` },
];
