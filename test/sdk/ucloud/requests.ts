/** Requests as UCloud's SDKs were observed to send them, signed without code of the service, and their responses. */
import { createHash } from 'node:crypto';
import type { Key } from '../keys.ts';
import type { Reply, SentRequest } from '../wire-request.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** A response in UCloud's envelope. */
export interface Envelope extends Fields {
  readonly RetCode: number;
  readonly Action?: string;
  readonly Message?: string;
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Flattens to names such as `Disks.0.Size`, as the SDKs for JavaScript and Python do. Drops undefined and null values. */
export function flatten(parameters: Fields): Record<string, unknown> {
  const flattened: Record<string, unknown> = {};
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [part, child] of Object.entries(value)) {
        put(`${name}.${part}`, child);
      }
    } else if (value !== undefined && value !== null) {
      flattened[name] = value;
    }
  };
  for (const [name, value] of Object.entries(parameters)) {
    put(name, value);
  }
  return flattened;
}

export const signatureOfFlat = (parameters: Fields, secret: string): string => {
  const names = Object.keys(parameters).sort();
  return sha1(names.map((name) => name + String(parameters[name])).join('') + secret);
};

/** The signed text of a value in a JSON body, as in the SDK for Go. */
const nestedText = (value: unknown): string => {
  if (Array.isArray(value)) {
    return value.reduce<string>((text, part) => text + nestedText(part), '');
  }
  if (value === null) {
    return '';
  }
  if (value instanceof Object) {
    return Object.keys(value)
      .filter((name) => (value as Fields)[name] !== null)
      .sort()
      .reduce((text, name) => text + name + nestedText((value as Fields)[name]), '');
  }
  return String(value);
};

const signFlat = (parameters: Fields, { keyId, secret }: Key): Record<string, unknown> => {
  const flattened = flatten({ ...parameters, PublicKey: keyId });
  return { ...flattened, Signature: signatureOfFlat(flattened, secret) };
};

const formOf = (parameters: Fields): string =>
  String(new URLSearchParams(Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)])));

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

/** The formats of a call in UCloud's SDKs and documentation. */
export const shapes = {
  'flattened JSON': (parameters, key) => ({
    method: 'POST',
    path: '/',
    type: json,
    body: JSON.stringify(signFlat(parameters, key)),
  }),
  'a form': (parameters, key) => ({ method: 'POST', path: '/', type: form, body: formOf(signFlat(parameters, key)) }),
  'a form with the action in the query too': (parameters, key) => ({
    method: 'POST',
    path: `/?Action=${parameters['Action']}`,
    type: form,
    body: formOf(signFlat(parameters, key)),
  }),
  'nested JSON': (parameters, { keyId, secret }) => {
    const signed = JSON.parse(JSON.stringify({ ...parameters, PublicKey: keyId }));
    const Signature = sha1(nestedText(signed) + secret);
    return {
      method: 'POST',
      path: `/?Action=${parameters['Action']}`,
      type: json,
      body: JSON.stringify({ ...signed, Signature }),
    };
  },
  'a GET query': (parameters, key) => ({ method: 'GET', path: `/?${formOf(signFlat(parameters, key))}` }),
} as const satisfies Record<string, (parameters: Fields, key: Key) => SentRequest>;
export type Shape = keyof typeof shapes;
export const everyShape = Object.keys(shapes) as Shape[];

/** Parses a response. Throws if it lacks anything that every response must have. */
export function parseEnvelope({ status, headers, text }: Reply): Envelope {
  const envelope = status === 200 ? (JSON.parse(text) as Envelope) : undefined;
  const isComplete =
    headers.get('content-type')?.startsWith('application/json') &&
    headers.get('x-ucloud-request-uuid') === headers.get('x-request-id') &&
    typeof envelope?.RetCode === 'number' &&
    (envelope.RetCode === 0) === (envelope.Message === undefined);
  if (envelope === undefined || !isComplete) {
    throw new Error(`Not a response of UCloud: ${status} ${JSON.stringify([...headers])} ${text.slice(0, 1_000)}`);
  }
  return envelope;
}
