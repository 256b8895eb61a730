/** Requests of UCloud's API as its SDKs are seen to send them, signed by hand, and its answers. */
import { createHash } from 'node:crypto';
import type { Key } from '../keys.ts';
import type { Reply, SentRequest } from '../wire-request.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** An answer, in UCloud's envelope. */
export interface Answered extends Fields {
  readonly RetCode: number;
  readonly Action?: string;
  readonly Message?: string;
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** Names such as `Disks.0.Size`, as the SDKs for JavaScript and Python make them; what is undefined or null is left out. */
export function flat(parameters: Fields): Record<string, unknown> {
  const flattened: Record<string, unknown> = {};
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null) {
      for (const [part, inner] of Object.entries(value)) {
        put(`${name}.${part}`, inner);
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

/** What the SDK for Go signs of a value in a JSON body. */
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

const signedFlat = (parameters: Fields, { keyId, secret }: Key): Record<string, unknown> => {
  const flattened = flat({ ...parameters, PublicKey: keyId });
  return { ...flattened, Signature: signatureOfFlat(flattened, secret) };
};

const formOf = (parameters: Fields): string =>
  String(new URLSearchParams(Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)])));

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

/** How the same call looks in each manner that UCloud's SDKs and documents have. */
export const shapes = {
  'flattened JSON': (parameters, key) => ({
    method: 'POST',
    path: '/',
    type: json,
    body: JSON.stringify(signedFlat(parameters, key)),
  }),
  'a form': (parameters, key) => ({ method: 'POST', path: '/', type: form, body: formOf(signedFlat(parameters, key)) }),
  'a form with the action in the query too': (parameters, key) => ({
    method: 'POST',
    path: `/?Action=${parameters['Action']}`,
    type: form,
    body: formOf(signedFlat(parameters, key)),
  }),
  'nested JSON': (parameters, { keyId, secret }) => {
    const stated = JSON.parse(JSON.stringify({ ...parameters, PublicKey: keyId }));
    const Signature = sha1(nestedText(stated) + secret);
    return {
      method: 'POST',
      path: `/?Action=${parameters['Action']}`,
      type: json,
      body: JSON.stringify({ ...stated, Signature }),
    };
  },
  'a GET query': (parameters, key) => ({ method: 'GET', path: `/?${formOf(signedFlat(parameters, key))}` }),
} as const satisfies Record<string, (parameters: Fields, key: Key) => SentRequest>;
export type Shape = keyof typeof shapes;
export const everyShape = Object.keys(shapes) as Shape[];

/** The envelope in an answer, with everything that each of them has to have. */
export function envelopeIn({ status, headers, text }: Reply): Answered {
  const envelope = status === 200 ? (JSON.parse(text) as Answered) : undefined;
  const isWhole =
    headers.get('content-type')?.startsWith('application/json') &&
    headers.get('x-ucloud-request-uuid') === headers.get('x-request-id') &&
    typeof envelope?.RetCode === 'number' &&
    (envelope.RetCode === 0) === (envelope.Message === undefined);
  if (envelope === undefined || !isWhole) {
    throw new Error(`This is no answer of UCloud's: ${status} ${JSON.stringify([...headers])} ${text.slice(0, 1_000)}`);
  }
  return envelope;
}
