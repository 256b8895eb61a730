/** Signs requests as Alibaba Cloud documents it, without code of the service, so that tests can detect its errors. */
import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import type { Key } from '../keys.ts';

const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalQuery = (parameters: Readonly<Record<string, string>>): string =>
  Object.keys(parameters)
    .sort()
    .map((name) => `${rfc3986(name)}=${rfc3986(parameters[name] as string)}`)
    .join('&');

interface V3Call {
  readonly key: Key;
  readonly host: string;
  readonly action: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly date: string;
  readonly nonce: string;
  readonly method?: 'GET' | 'POST';
  readonly version?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that are sent but not signed. */
  readonly unsigned?: readonly string[];
}

/** Creates a request of the V3 protocol, ACS3-HMAC-SHA256. */
export function v3Request({ key, host, action, parameters = {}, date, nonce, ...more }: V3Call): WireRequest {
  const { method = 'POST', version = '2014-05-26', body = '', unsigned = [] } = more;
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-version': version,
    'x-acs-date': date,
    'x-acs-signature-nonce': nonce,
    'x-acs-content-sha256': createHash('sha256').update(body).digest('hex'),
    ...more.headers,
  };
  const names = Object.keys(headers)
    .filter((name) => !unsigned.includes(name))
    .sort();
  const query = canonicalQuery(parameters);
  const lines = names.map((name) => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = [method, '/', query, lines, names.join(';'), headers['x-acs-content-sha256']].join('\n');
  const hash = createHash('sha256').update(canonical).digest('hex');
  const stringToSign = `ACS3-HMAC-SHA256\n${hash}`;
  const signature = createHmac('sha256', key.secret).update(stringToSign).digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${key.keyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  const request = { method, path: '/', query, headers: { ...headers, authorization }, body: Buffer.from(body) };
  stringsToSign.set(request, stringToSign);
  return request;
}

interface RpcCall {
  readonly key: Key;
  readonly action: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly date: string;
  readonly nonce: string;
  readonly method?: 'GET' | 'POST';
  readonly signatureMethod?: 'HMAC-SHA1' | 'HMAC-SHA256';
  /** Common parameters to omit. */
  readonly without?: readonly string[];
  readonly host?: string;
}

/** Creates a request of the RPC protocol: a GET with a query or a POST with a form. */
export function rpcRequest({ key, action, parameters = {}, date, nonce, ...more }: RpcCall): WireRequest {
  const { method = 'GET', signatureMethod = 'HMAC-SHA1', without = [], host = 'localhost' } = more;
  const all: Record<string, string> = {
    Format: 'JSON',
    Version: '2014-05-26',
    AccessKeyId: key.keyId,
    SignatureMethod: signatureMethod,
    SignatureVersion: '1.0',
    SignatureNonce: nonce,
    Timestamp: date,
    Action: action,
    ...parameters,
  };
  const present = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
  const digest = signatureMethod === 'HMAC-SHA1' ? 'sha1' : 'sha256';
  const stringToSign = `${method}&${rfc3986('/')}&${rfc3986(canonicalQuery(present))}`;
  const signature = createHmac(digest, `${key.secret}&`).update(stringToSign).digest('base64');
  const form = canonicalQuery(without.includes('Signature') ? present : { ...present, Signature: signature });
  const request =
    method === 'GET'
      ? { method, path: '/', query: form, headers: { host }, body: Buffer.alloc(0) }
      : {
          method,
          path: '/',
          query: '',
          headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
          body: Buffer.from(form),
        };
  stringsToSign.set(request, stringToSign);
  return request;
}

const stringsToSign = new WeakMap<WireRequest, string>();

/** Returns the string that was signed to make the request. */
export const stringToSignOf = (request: WireRequest): string | undefined => stringsToSign.get(request);

/** Formats a time for the cloud's protocols, to the second. */
export const inSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** A call that can be signed in every supported way. */
export interface SignedCall {
  readonly key: Key;
  readonly action: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly date: string;
  readonly nonce: string;
}

/** Every supported way to sign and send a call, by name. */
export const manners = (host: string): [string, (call: SignedCall) => WireRequest][] => [
  ['V3', (call) => v3Request({ ...call, host })],
  ['V3 with a form', (call) => v3Request({ ...call, host, ...inForm(call.parameters) })],
  ['V3 by GET', (call) => v3Request({ ...call, host, method: 'GET' })],
  ['RPC by GET', (call) => rpcRequest(call)],
  ['RPC by POST', (call) => rpcRequest({ ...call, method: 'POST' })],
  ['RPC with HMAC-SHA256', (call) => rpcRequest({ ...call, signatureMethod: 'HMAC-SHA256' })],
];

/** V3 with a form: the signature covers the parameters through the hash of the body. */
function inForm(parameters: Readonly<Record<string, string>> = {}) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { parameters: {}, body: new URLSearchParams(parameters).toString(), headers };
}
