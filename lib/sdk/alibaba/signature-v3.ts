import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../wire.ts';
import { canonicalQuery } from './encoding.ts';

/** What an ACS3-HMAC-SHA256 signature is over, besides the request. */
export interface V3Signed {
  /** Names of headers in lower case, in the order in which the request lists them. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body. */
  readonly bodyHash: string;
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * The text whose hash is signed. The path is always "/", whatever stands before it in the endpoint, and the host is taken as
 * it was sent, with its port.
 *
 * Source: help.aliyun.com/zh/resource-management/common-parameters, V3 request structure and signature.
 */
export function canonicalRequest(request: WireRequest, { signedHeaders, bodyHash }: V3Signed): string {
  const stated = (name: string) => (Object.hasOwn(request.headers, name) ? request.headers[name] : undefined) ?? '';
  const headers = signedHeaders.map((name) => `${name}:${stated(name).trim()}\n`);
  const query = canonicalQuery(new URLSearchParams(request.query));
  return [request.method, '/', query, headers.join(''), signedHeaders.join(';'), bodyHash].join('\n');
}

/** The signature in hex. The secret itself is the key: none is derived. */
export const v3Signature = (secret: string, canonical: string): string =>
  createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
