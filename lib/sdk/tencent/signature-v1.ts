import { createHmac } from 'node:crypto';
import { isSameSignature } from '../constant-time.ts';
import type { WireRequest } from '../wire.ts';
import { hostsOf } from './hosts.ts';

/**
 * Verifies signature v1: HmacSHA256 if `SignatureMethod` says so, else HmacSHA1. The signed parameters are sorted by name, and
 * their values are not encoded. Sources: https://cloud.tencent.com/document/product/849/52015 ("Signature v1"), and the page
 * "Signature" of API 2.0.
 */
export function isSignedV1(request: WireRequest, parameters: URLSearchParams, secret: string): boolean {
  const algorithm = parameters.get('SignatureMethod') === 'HmacSHA256' ? 'sha256' : 'sha1';
  const signed = new URLSearchParams(parameters);
  signed.delete('Signature');
  signed.sort();
  const text = [...signed].map(([name, value]) => `${name}=${value}`).join('&');
  return hostsOf(request)
    .map((host) => createHmac(algorithm, secret).update(`${request.method}${host}${request.path}?${text}`).digest('base64'))
    .map((expected) => isSameSignature(expected, parameters.get('Signature') ?? ''))
    .includes(true);
}
