import { isSameSignature } from '../constant-time.ts';
import { ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { incompleteSignature } from './error-codes.ts';
import {
  actionParameters,
  checkNonceLength,
  parameterValue,
  parseTime,
  requireParameter,
  requireVersion,
  utf8Parameters,
} from './request.ts';
import { rpcDigests, rpcSignature, rpcStringToSign } from './signature-rpc.ts';

/** Parses a call of the RPC protocol, which sends everything in parameters. Throws ProviderError. */
export function readRpc(request: WireRequest): WireCall {
  const parameters = utf8Parameters(request);
  const action = requireParameter(parameters, 'Action');
  requireVersion(requireParameter(parameters, 'Version'));
  const keyId = requireParameter(parameters, 'AccessKeyId');
  const signature = requireParameter(parameters, 'Signature');
  const digest = digestOf(requireParameter(parameters, 'SignatureMethod'), requireParameter(parameters, 'SignatureVersion'));
  const signedAt = parseTime(requireParameter(parameters, 'Timestamp'));
  const nonce = requireParameter(parameters, 'SignatureNonce');
  checkNonceLength(nonce, 'SignatureNonce');
  return {
    keyId,
    signedAt,
    nonce,
    action,
    region: parameterValue(parameters, 'RegionId'),
    parameters: actionParameters(parameters),
    isSignedWith: (secret) =>
      isSameSignature(rpcSignature(digest, secret, rpcStringToSign(request.method, parameters)), signature),
  };
}

function digestOf(method: string, version: string) {
  const digest = Object.hasOwn(rpcDigests, method) ? rpcDigests[method] : undefined;
  if (digest === undefined || version !== '1.0') {
    throw new ProviderError(
      incompleteSignature('SignatureMethod must be HMAC-SHA1 or HMAC-SHA256, and SignatureVersion must be 1.0.'),
    );
  }
  return digest;
}
