import { createHash, createHmac } from 'node:crypto';
import { isSameSignature } from '../constant-time.ts';
import type { WireRequest } from '../wire.ts';
import { hostsOf } from './hosts.ts';

/** What the Authorization header of signature v3 says. */
export interface Authorization {
  readonly secretId: string;
  /** Day of the signature in UTC, YYYY-MM-DD. */
  readonly date: string;
  /** As the client names the product: some SDKs take the first label of the endpoint, a port with it. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const form =
  /^TC3-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{4}-\d\d-\d\d)\/([^/,\s]+)\/tc3_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=(\S+)$/;

/** Content type and host have to be signed. Undefined: the header is not as signature v3 wants it. */
export function authorizationFrom(header: string | undefined): Authorization | undefined {
  const [, secretId, date, service, names, signature] = form.exec(header ?? '') ?? [];
  const signedHeaders = names?.split(';') ?? [];
  return secretId !== undefined &&
    date !== undefined &&
    service !== undefined &&
    signature !== undefined &&
    signedHeaders.includes('content-type') &&
    signedHeaders.includes('host')
    ? { secretId, date, service, signedHeaders, signature }
    : undefined;
}

/**
 * Whether a request is signed with the secret by signature v3, TC3-HMAC-SHA256, at a time in epoch seconds. Neither action
 * nor version nor region have to be signed. The documents write the values of signed headers in lower case, the SDKs as
 * they send them: both are taken. Source: https://cloud.tencent.com/document/api/306/57449 and the SDKs for Node and Go.
 */
export function isSignedV3(
  request: WireRequest,
  { date, service, signedHeaders, signature }: Authorization,
  timestamp: number,
  secret: string,
): boolean {
  if (new Date(timestamp * 1_000).toISOString().slice(0, 10) !== date) {
    return false;
  }
  const key = hmac(hmac(hmac(`TC3${secret}`, date), service), 'tc3_request');
  const names = signedHeaders.join(';');
  const signatureOver = (host: string, query: string, written: (value: string) => string): string => {
    const headers = signedHeaders.map((name) => `${name}:${written(headerOf(request, name, host).trim())}\n`).join('');
    const canonical = [request.method, request.path, query, headers, names, sha256(request.body)].join('\n');
    const text = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, sha256(canonical)].join('\n');
    return hmac(key, text).toString('hex');
  };
  return hostsOf(request)
    .flatMap((host) => queriesOf(request).map((query) => [host, query] as const))
    .flatMap(([host, query]) => [signatureOver(host, query, asSent), signatureOver(host, query, inLowerCase)])
    .map((one) => isSameSignature(one, signature))
    .includes(true);
}

/**
 * The query as a client may have signed it. Gateways hand it over in an encoding of their own, so beside what came stand the
 * two that SDKs write: with "%20" for a space, or with "+" and all else but letters, digits and "-_.~" escaped.
 */
function queriesOf({ query }: WireRequest): readonly string[] {
  const encoded = (encode: (text: string) => string) =>
    [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return [...new Set([query, encoded(encodeURIComponent), encoded(formEncoded)])];
}

const formEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/** What the caller names as signed may be no header at all. */
const headerOf = ({ headers }: WireRequest, name: string, host: string): string =>
  name === 'host' ? host : ((Object.hasOwn(headers, name) ? headers[name] : undefined) ?? '');

const asSent = (value: string): string => value;
const inLowerCase = (value: string): string => value.toLowerCase();
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
