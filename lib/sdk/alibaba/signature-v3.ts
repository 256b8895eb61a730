import { createHash, createHmac } from 'node:crypto';
import type { WireRequest } from '../wire.ts';
import { canonicalQuery } from './encoding.ts';

/** The only supported algorithm of the V3 protocol. */
export const v3Algorithm = 'ACS3-HMAC-SHA256';

/** What an ACS3-HMAC-SHA256 signature covers besides the request line. */
export interface SignedContent {
  /** Lowercase header names, in the order of the request. */
  readonly signedHeaders: readonly string[];
  /** Hex SHA-256 of the body. */
  readonly bodyHash: string;
}

export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/**
 * Builds the canonical request, whose hash is signed. Its path is always "/", even if the endpoint has a path. Its host is the
 * Host header as sent, including the port.
 *
 * Source: help.aliyun.com/zh/resource-management/common-parameters, V3 request structure and signature.
 */
export function canonicalRequest(request: WireRequest, { signedHeaders, bodyHash }: SignedContent): string {
  const headerValue = (name: string) => (Object.hasOwn(request.headers, name) ? request.headers[name] : undefined) ?? '';
  const headers = signedHeaders.map((name) => `${name}:${headerValue(name).trim()}\n`);
  const query = canonicalQuery(new URLSearchParams(request.query));
  return [request.method, '/', query, headers.join(''), signedHeaders.join(';'), bodyHash].join('\n');
}

/** Returns the text that is signed: the algorithm and the hash of the canonical request. */
export const v3StringToSign = (request: WireRequest, content: SignedContent): string =>
  `${v3Algorithm}\n${sha256(canonicalRequest(request, content))}`;

/** Returns the signature in hex. The HMAC key is the secret itself, without key derivation. */
export const v3Signature = (secret: string, stringToSign: string): string =>
  createHmac('sha256', secret).update(stringToSign).digest('hex');
