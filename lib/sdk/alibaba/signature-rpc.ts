import { createHmac } from 'node:crypto';
import { canonicalQuery } from './encoding.ts';

/** The supported digests of the RPC protocol, by `SignatureMethod`. */
export const rpcDigests: Readonly<Record<string, 'sha1' | 'sha256'>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' };

/**
 * Builds the string to sign from all parameters of the query and the form body, except the signature itself.
 *
 * Source: Alibaba Cloud ECS, API reference, Signature mechanism.
 */
export const rpcStringToSign = (method: string, parameters: Iterable<readonly [string, string]>): string => {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  return `${method}&%2F&${encodeURIComponent(canonicalQuery(signed))}`;
};

/** Returns the signature in Base64. The HMAC key is the secret followed by "&". */
export const rpcSignature = (digest: 'sha1' | 'sha256', secret: string, stringToSign: string): string =>
  createHmac(digest, `${secret}&`).update(stringToSign).digest('base64');
