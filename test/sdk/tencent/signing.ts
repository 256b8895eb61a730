/** Signs requests as Tencent Cloud documents it, without code of the service, so that tests can detect its errors. */
import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import type { Key } from '../keys.ts';

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** A request of API 3.0 before it is signed with v3. */
export interface UnsignedRequest {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly host: string;
  readonly contentType?: string;
  readonly body?: string;
  readonly action?: string;
  readonly version?: string;
  readonly region?: string;
  /** Epoch seconds. */
  readonly timestamp: number;
  /** The signed date in UTC. Default: the date of the timestamp. */
  readonly date?: string;
  readonly service?: string;
  readonly signedHeaders?: readonly string[];
  /** Signs a fixed text in place of the body, as an option of the SDKs does. */
  readonly hasUnsignedPayload?: boolean;
}

/** Signs with v3: content type and host as they are, other header values in lowercase. */
export function signV3(
  {
    method = 'POST',
    path = '/',
    query = '',
    host,
    contentType = 'application/json',
    body = '{}',
    action = 'DescribeImages',
    version = '2017-03-12',
    region = 'ap-guangzhou',
    timestamp,
    date = new Date(timestamp * 1_000).toISOString().slice(0, 10),
    service = 'cvm',
    signedHeaders = ['content-type', 'host'],
    hasUnsignedPayload = false,
  }: UnsignedRequest,
  key: Key,
): WireRequest {
  const headers: Record<string, string> = {
    host,
    'content-type': contentType,
    'x-tc-action': action,
    'x-tc-version': version,
    'x-tc-region': region,
    'x-tc-timestamp': String(timestamp),
    ...(hasUnsignedPayload && { 'x-tc-content-sha256': 'UNSIGNED-PAYLOAD' }),
  };
  const signedValue = (name: string) => (name.startsWith('x-tc-') ? headers[name]?.toLowerCase() : headers[name]) ?? '';
  const canonical = [
    method,
    path,
    query,
    ...signedHeaders.map((name) => `${name}:${signedValue(name)}`),
    '',
    signedHeaders.join(';'),
    sha256(hasUnsignedPayload ? 'UNSIGNED-PAYLOAD' : method === 'GET' ? '' : body),
  ].join('\n');
  const scope = `${date}/${service}/tc3_request`;
  const text = ['TC3-HMAC-SHA256', timestamp, scope, sha256(canonical)].join('\n');
  const signature = hmac(hmac(hmac(hmac(`TC3${key.secret}`, date), service), 'tc3_request'), text).toString('hex');
  return {
    method,
    path,
    query,
    headers: {
      ...headers,
      authorization: `TC3-HMAC-SHA256 Credential=${key.keyId}/${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`,
    },
    body: Buffer.from(method === 'GET' ? '' : body),
  };
}

/** Signs with v1. Returns the query or form, with the parameters in the given order. */
export function signV1(
  parameters: Readonly<Record<string, string>>,
  { method, host, path, secret }: { method: string; host: string; path: string; secret: string },
): string {
  const names = Object.keys(parameters).sort();
  const text = `${method}${host}${path}?${names.map((name) => `${name}=${parameters[name]}`).join('&')}`;
  const algorithm = parameters['SignatureMethod'] === 'HmacSHA256' ? 'sha256' : 'sha1';
  const Signature = createHmac(algorithm, secret).update(text).digest('base64');
  return new URLSearchParams({ ...parameters, Signature }).toString();
}
