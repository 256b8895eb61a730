import { createHmac } from 'node:crypto';
import { canonicalQuery } from './encoding.ts';

/** The digests that the RPC protocol signs with, by `SignatureMethod`. */
export const rpcDigests: Readonly<Record<string, 'sha1' | 'sha256'>> = { 'HMAC-SHA1': 'sha1', 'HMAC-SHA256': 'sha256' };

/**
 * The text that is signed: all parameters of query and form body but the signature itself.
 *
 * Source: Alibaba Cloud ECS, API reference, Signature mechanism.
 */
export const rpcStringToSign = (method: string, parameters: Iterable<readonly [string, string]>): string => {
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  return `${method}&%2F&${encodeURIComponent(canonicalQuery(signed))}`;
};

/** The signature in Base64; "&" after the secret belongs to the key. */
export const rpcSignature = (digest: 'sha1' | 'sha256', secret: string, stringToSign: string): string =>
  createHmac(digest, `${secret}&`).update(stringToSign).digest('base64');
