import { isSameSignature } from '../constant-time.ts';
import { ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { incompleteSignature } from './error-codes.ts';
import { parametersOf, required, requireVersion, shortNonce, statedValue, statedWell, timeOf } from './request.ts';
import { rpcDigests, rpcSignature, rpcStringToSign } from './signature-rpc.ts';

/** Reads a call of the RPC protocol, which says everything in parameters. Refuses what is missing or malformed there. */
export function readRpc(request: WireRequest): WireCall {
  const stated = statedWell(request);
  const action = required(stated, 'Action');
  requireVersion(required(stated, 'Version'));
  const keyId = required(stated, 'AccessKeyId');
  const signature = required(stated, 'Signature');
  const digest = digestOf(required(stated, 'SignatureMethod'), required(stated, 'SignatureVersion'));
  const signedAt = timeOf(required(stated, 'Timestamp'));
  const nonce = shortNonce(required(stated, 'SignatureNonce'), 'SignatureNonce');
  return {
    keyId,
    signedAt,
    nonce,
    action,
    region: statedValue(stated, 'RegionId'),
    parameters: parametersOf(stated),
    isSignedWith: (secret) => isSameSignature(rpcSignature(digest, secret, rpcStringToSign(request.method, stated)), signature),
  };
}

function digestOf(method: string, version: string) {
  const digest = Object.hasOwn(rpcDigests, method) ? rpcDigests[method] : undefined;
  if (digest === undefined || version !== '1.0') {
    throw new ProviderError(incompleteSignature('SignatureMethod has to be HMAC-SHA1 or HMAC-SHA256, and SignatureVersion 1.0.'));
  }
  return digest;
}
