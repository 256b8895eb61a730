import { isSameSignature } from '../constant-time.ts';
import { ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { incompleteSignature, missingParameter, signatureDoesNotMatch, unsupportedSignature } from './error-codes.ts';
import { actionParameters, checkNonceLength, parameterValue, parseTime, requireVersion, utf8Parameters } from './request.ts';
import { sha256, v3Algorithm, v3Signature, v3StringToSign } from './signature-v3.ts';

/** Parses a call of the V3 protocol, which sends action and signature in headers. Throws ProviderError. */
export function readV3(request: WireRequest): WireCall {
  const { keyId, signedHeaders, signature } = authorizationOf(request);
  requireSigned(request, signedHeaders);
  const action = requireHeader(request, 'x-acs-action');
  requireVersion(requireHeader(request, 'x-acs-version'));
  const signedAt = parseTime(requireHeader(request, 'x-acs-date'));
  const nonce = requireHeader(request, 'x-acs-signature-nonce');
  checkNonceLength(nonce, 'x-acs-signature-nonce');
  const bodyHash = sha256(request.body);
  const bodyMatchesHash = requireHeader(request, 'x-acs-content-sha256') === bodyHash;
  const parameters = utf8Parameters(request);
  const stringToSign = v3StringToSign(request, { signedHeaders, bodyHash });
  return {
    keyId,
    signedAt,
    nonce,
    action,
    region: parameterValue(parameters, 'RegionId'),
    parameters: actionParameters(parameters),
    isSignedWith: (secret) => isSameSignature(v3Signature(secret, stringToSign), signature) && bodyMatchesHash,
    wrongSignature: signatureDoesNotMatch(stringToSign),
  };
}

const authorizationFormat = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

/** ACS3-HMAC-SM3, ACS3-RSA-SHA256, or the "acs" and "Bearer" of other protocols. */
const otherMethod = /^([A-Za-z][A-Za-z0-9-]{0,31})\s/;

function authorizationOf({ headers }: WireRequest): { keyId: string; signedHeaders: string[]; signature: string } {
  const authorization = headers['authorization']?.trim() ?? '';
  const method = otherMethod.exec(authorization)?.[1];
  if (method !== undefined && method !== v3Algorithm) {
    throw new ProviderError(unsupportedSignature('Authorization', method, [v3Algorithm]));
  }
  const [, keyId, names, signature] = authorizationFormat.exec(authorization) ?? [];
  if (keyId === undefined || names === undefined || signature === undefined) {
    throw new ProviderError(
      incompleteSignature('Expected "Authorization: ACS3-HMAC-SHA256 Credential=KEY,SignedHeaders=NAMES,Signature=HEX".'),
    );
  }
  return { keyId, signedHeaders: names.toLowerCase().split(';'), signature };
}

/** Requires the host and every `x-acs-` header of the request to be signed. */
function requireSigned({ headers }: WireRequest, signedHeaders: readonly string[]): void {
  const signed = new Set(signedHeaders);
  const unsigned = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-acs-'))].find(
    (name) => !signed.has(name),
  );
  if (unsigned !== undefined) {
    throw new ProviderError(incompleteSignature(`The header "${unsigned}" is missing from SignedHeaders.`));
  }
}

function requireHeader({ headers }: WireRequest, name: string): string {
  const value = headers[name]?.trim();
  if (value === undefined || value === '') {
    throw new ProviderError(missingParameter(name));
  }
  return value;
}
