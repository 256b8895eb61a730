import { createHash, createHmac } from 'node:crypto';
import { isSameSignature } from '../constant-time.ts';
import type { WireRequest } from '../wire.ts';
import { hostsOf } from './hosts.ts';

/** The parsed Authorization header of signature v3. */
export interface Authorization {
  readonly secretId: string;
  /** The date of the signature in UTC, YYYY-MM-DD. */
  readonly date: string;
  /** The product. Not validated: some SDKs send the first label of the endpoint, with its port. */
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const authorizationFormat =
  /^TC3-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{4}-\d\d-\d\d)\/([^/,\s]+)\/tc3_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=(\S+)$/;

/** Returns undefined if the header is malformed, or if content type or host aren't signed. */
export function authorizationFrom(header: string | undefined): Authorization | undefined {
  const [, secretId, date, service, names, signature] = authorizationFormat.exec(header ?? '') ?? [];
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

/** If `X-TC-Content-SHA256` has this value, the signature covers this text instead of the body. */
const unsignedPayload = 'UNSIGNED-PAYLOAD';

/**
 * Verifies signature v3, TC3-HMAC-SHA256. `timestamp` is in epoch seconds. Action, version, and region don't have to be signed,
 * nor does the body if a header says so. According to the documentation, header values are signed in lowercase, but the SDKs
 * sign them as sent, so both are accepted. Sources: https://cloud.tencent.com/document/api/306/57449 and the SDKs for Node and
 * Go (github.com/TencentCloud/tencentcloud-sdk-go, common/client.go, sendWithSignatureV3).
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
  const payloadHash = sha256(request.headers['x-tc-content-sha256'] === unsignedPayload ? unsignedPayload : request.body);
  const signatureOver = (host: string, query: string, format: (value: string) => string): string => {
    const headers = signedHeaders.map((name) => `${name}:${format(headerOf(request, name, host).trim())}\n`).join('');
    const canonical = [request.method, request.path, query, headers, names, payloadHash].join('\n');
    const text = ['TC3-HMAC-SHA256', timestamp, `${date}/${service}/tc3_request`, sha256(canonical)].join('\n');
    return hmac(key, text).toString('hex');
  };
  return hostsOf(request)
    .flatMap((host) => queriesOf(request).map((query) => [host, query] as const))
    .flatMap(([host, query]) => [signatureOver(host, query, asSent), signatureOver(host, query, toLowerCase)])
    .map((expected) => isSameSignature(expected, signature))
    .includes(true);
}

/**
 * The possible encodings of the signed query. Gateways re-encode it, so besides the query as received, this returns the two
 * encodings of SDKs: with "%20" for a space, or with "+" and everything except letters, digits, and "-_.~" escaped.
 */
function queriesOf({ query }: WireRequest): readonly string[] {
  const encodedWith = (encode: (text: string) => string) =>
    [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return [...new Set([query, encodedWith(encodeURIComponent), encodedWith(formEncode)])];
}

const formEncode = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

/**
 * Returns a header's value. The request chooses which headers are signed, so one can be missing, or be named like a property of
 * every object, such as `constructor`.
 */
const headerOf = ({ headers }: WireRequest, name: string, host: string): string =>
  name === 'host' ? host : ((Object.hasOwn(headers, name) ? headers[name] : undefined) ?? '');

const asSent = (value: string): string => value;
const toLowerCase = (value: string): string => value.toLowerCase();
const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
