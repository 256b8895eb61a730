import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { ActionError } from '../model/error.ts';
import { PrincipalId } from '../model/ids.ts';
import type { Caller, Scope } from './caller.ts';
import { discoverKeys, issuerKeys } from './issuer-keys.ts';
import { clockToleranceSeconds, rememberVerified } from './verified-tokens.ts';

/** Which access tokens to accept, and which claims identify the caller. */
export interface TokenSettings {
  /** Must equal the `iss` claim. */
  readonly issuer: string;
  /** Must match `aud`, or `client_id` for issuers that set no `aud`. */
  readonly audience: string;
  /** Absent: taken from the discovery document of the issuer. */
  readonly jwksUri?: string | undefined;
  readonly accountClaim: string;
  readonly projectClaim: string;
  /** The issuer's name for each scope. */
  readonly scopeNames: Readonly<Record<Scope, string>>;
}

/** Verifies an access token. Throws Unauthenticated, or Unavailable if the issuer's keys can't be retrieved. */
export type VerifyToken = (token: string) => Promise<Caller>;

/** Asymmetric signatures only. Unsigned tokens and tokens signed with a shared secret are never accepted. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** Claims that occur only in ID tokens (OpenID Connect Core, sections 2 and 3.3.2.11). */
const idTokenClaims = ['nonce', 'at_hash', 'c_hash'];

export function accessTokenVerifier(settings: TokenSettings): VerifyToken {
  const { issuer, jwksUri } = settings;
  const keys = issuerKeys(async () => (jwksUri === undefined ? discoverKeys(issuer) : new URL(jwksUri)));
  return rememberVerified(async (token) => {
    const payload = await verify(token, keys, settings);
    return { caller: callerOf(payload, settings), expiresAt: payload.exp as number, notBefore: payload.nbf };
  });
}

const unavailable = (cause: unknown) =>
  new ActionError(
    'Unavailable',
    { detail: "Couldn't retrieve the identity provider's signing keys. Try again.", retryAfterSeconds: 5 },
    cause,
  );

const unauthenticated = (detail: string, cause?: unknown) => new ActionError('Unauthenticated', { detail }, cause);

async function verify(token: string, keys: JWTVerifyGetKey, { issuer, audience }: TokenSettings): Promise<JWTPayload> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      algorithms,
      clockTolerance: clockToleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    const isIdToken = payload['token_use'] === 'id' || payload['typ'] === 'ID' || idTokenClaims.some((claim) => claim in payload);
    const isAccessToken =
      /^(application\/)?at\+jwt$/i.test(protectedHeader.typ ?? '') ||
      payload['token_use'] === 'access' ||
      scopeTextOf(payload) !== '';
    if (isIdToken || !isAccessToken) {
      throw unauthenticated('This is not an access token.');
    }
    const audiences = payload.aud === undefined ? [payload['client_id']] : [payload.aud].flat();
    if (!audiences.includes(audience)) {
      throw unauthenticated('The access token is for another audience.');
    }
    return payload;
  } catch (failure) {
    throw failure instanceof ActionError ? failure : tokenError(failure);
  }
}

function tokenError(failure: unknown): ActionError {
  if (failure instanceof errors.JWTExpired) {
    return unauthenticated('The access token has expired.', failure);
  }
  if (failure instanceof errors.JWTClaimValidationFailed) {
    return unauthenticated(`The access token's claim "${failure.claim}" is missing or invalid.`, failure);
  }
  const isSignedByAnotherKey =
    failure instanceof errors.JWSSignatureVerificationFailed ||
    failure instanceof errors.JWKSNoMatchingKey ||
    failure instanceof errors.JWKSMultipleMatchingKeys;
  if (isSignedByAnotherKey) {
    return unauthenticated("The access token is not signed by the issuer's key.", failure);
  }
  if (failure instanceof errors.JOSEAlgNotAllowed) {
    return unauthenticated('The access token is signed with an unsupported algorithm.', failure);
  }
  const isMalformed =
    failure instanceof errors.JWTInvalid || failure instanceof errors.JWSInvalid || failure instanceof errors.JOSENotSupported;
  return isMalformed ? unauthenticated('The access token is malformed.', failure) : unavailable(failure);
}

/** The scopes as one space-separated string, from `scope` or, for issuers that use it instead, `scp` (a string or a list). */
function scopeTextOf(payload: JWTPayload): string {
  const scope = payload['scope'] ?? payload['scp'];
  return Array.isArray(scope) ? scope.join(' ') : typeof scope === 'string' ? scope : '';
}

function callerOf(payload: JWTPayload, { accountClaim, projectClaim, scopeNames }: TokenSettings): Caller {
  const granted = new Set(scopeTextOf(payload).split(' '));
  const account = claimOf(payload, accountClaim);
  const project = claimOf(payload, projectClaim);
  return {
    subject: payload.sub as string,
    ...(account !== undefined && { account }),
    ...(project !== undefined && { project }),
    scopes: new Set((Object.keys(scopeNames) as Scope[]).filter((scope) => granted.has(scopeNames[scope]))),
  };
}

function claimOf(payload: JWTPayload, claim: string): PrincipalId | undefined {
  const value = payload[claim];
  if (value === undefined) {
    return undefined;
  }
  const id = PrincipalId.safeParse(value);
  if (!id.success) {
    throw unauthenticated(`The access token's claim "${claim}" is not a valid ID.`);
  }
  return id.data;
}
