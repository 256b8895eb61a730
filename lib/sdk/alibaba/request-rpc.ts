import { isSameSignature } from '../constant-time.ts';
import { ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { signatureDoesNotMatch, unsupportedSignature } from './error-codes.ts';
import {
  actionParameters,
  checkNonceLength,
  type ParameterList,
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
  const digest = digestOf(parameters);
  const keyId = requireParameter(parameters, 'AccessKeyId');
  const signature = requireParameter(parameters, 'Signature');
  const signedAt = parseTime(requireParameter(parameters, 'Timestamp'));
  const nonce = requireParameter(parameters, 'SignatureNonce');
  checkNonceLength(nonce, 'SignatureNonce');
  const stringToSign = rpcStringToSign(request.method, parameters);
  return {
    keyId,
    signedAt,
    nonce,
    action,
    region: parameterValue(parameters, 'RegionId'),
    parameters: actionParameters(parameters),
    isSignedWith: (secret) => isSameSignature(rpcSignature(digest, secret, stringToSign), signature),
    wrongSignature: signatureDoesNotMatch(stringToSign),
  };
}

/** Throws an error that names the method, version, or type of the signature if it isn't supported. */
function digestOf(parameters: ParameterList) {
  const requireSupported = (name: string, value: string, supported: readonly string[]): void => {
    if (!supported.includes(value)) {
      throw new ProviderError(unsupportedSignature(name, value, supported));
    }
  };
  // BEARERTOKEN and PRIVATEKEY. Clients that sign with a secret send an empty type or none.
  requireSupported('SignatureType', parameterValue(parameters, 'SignatureType') ?? '', ['']);
  const method = requireParameter(parameters, 'SignatureMethod');
  requireSupported('SignatureMethod', method, Object.keys(rpcDigests));
  requireSupported('SignatureVersion', requireParameter(parameters, 'SignatureVersion'), ['1.0']);
  return rpcDigests[method] as 'sha1' | 'sha256';
}
