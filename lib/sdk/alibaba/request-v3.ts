import { isSameSignature } from '../constant-time.ts';
import { ProviderError, type WireCall, type WireRequest } from '../wire.ts';
import { incompleteSignature, missingParameter } from './error-codes.ts';
import { parametersOf, requireVersion, shortNonce, statedValue, statedWell, timeOf } from './request.ts';
import { canonicalRequest, sha256, v3Signature } from './signature-v3.ts';

/** Reads a call of the V3 protocol, which says in headers who asks for what. Refuses what is missing or malformed there. */
export function readV3(request: WireRequest): WireCall {
  const { keyId, signedHeaders, signature } = authorizationOf(request);
  requireSigned(request, signedHeaders);
  const action = headerOf(request, 'x-acs-action');
  requireVersion(headerOf(request, 'x-acs-version'));
  const signedAt = timeOf(headerOf(request, 'x-acs-date'));
  const nonce = shortNonce(headerOf(request, 'x-acs-signature-nonce'), 'x-acs-signature-nonce');
  const bodyHash = headerOf(request, 'x-acs-content-sha256');
  const isBody = bodyHash === sha256(request.body);
  const stated = statedWell(request);
  return {
    keyId,
    signedAt,
    nonce,
    action,
    region: statedValue(stated, 'RegionId'),
    parameters: parametersOf(stated),
    isSignedWith: (secret) =>
      isSameSignature(v3Signature(secret, canonicalRequest(request, { signedHeaders, bodyHash })), signature) && isBody,
  };
}

const form = /^ACS3-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/;

function authorizationOf({ headers }: WireRequest): { keyId: string; signedHeaders: string[]; signature: string } {
  const [, keyId, names, signature] = form.exec(headers['authorization']?.trim() ?? '') ?? [];
  if (keyId === undefined || names === undefined || signature === undefined) {
    throw new ProviderError(
      incompleteSignature('Expected "Authorization: ACS3-HMAC-SHA256 Credential=KEY,SignedHeaders=NAMES,Signature=HEX".'),
    );
  }
  return { keyId, signedHeaders: names.toLowerCase().split(';'), signature };
}

/** Whatever of the host and the cloud's own headers a request carries has to be signed, and each header once. */
function requireSigned({ headers }: WireRequest, signedHeaders: readonly string[]): void {
  const signed = new Set(signedHeaders);
  const unsigned = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-acs-'))].find(
    (name) => !signed.has(name),
  );
  if (unsigned !== undefined) {
    throw new ProviderError(incompleteSignature(`The header "${unsigned}" is not among the SignedHeaders.`));
  }
}

function headerOf({ headers }: WireRequest, name: string): string {
  const value = headers[name]?.trim();
  if (value === undefined || value === '') {
    throw new ProviderError(missingParameter(name));
  }
  return value;
}
