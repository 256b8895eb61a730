/** An issuer of access tokens for the checks, and everything that can be wrong with a token. */
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair } from 'jose';
import { accessTokenVerifier, type TokenSettings, type VerifyToken } from '../../../lib/auth/access-token.ts';
import { scopeNames, type TokenClaims } from '../../support/client.ts';

const audience = 'image-share';
const issuer = 'https://issuer.test';
const kid = 'key-1';
/** In epoch seconds. The checks don't depend on today's date. */
const [longAgo, farAhead] = [1_600_000_000, 4_100_000_000];

/** Headers without a valid access token, by what is wrong with them. */
export type InvalidCredentials = Readonly<Record<string, string | undefined>>;

export interface Issuer {
  readonly settings: TokenSettings & { readonly jwksUri: string };
  readonly verifyToken: VerifyToken;
  readonly tokenOf: (claims: TokenClaims) => Promise<string>;
  /** The Authorization headers of an account with everything that can be wrong. */
  readonly invalid: (account: string) => Promise<InvalidCredentials>;
}

export async function createIssuer(): Promise<Issuer> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const keys = { keys: [{ ...(await exportJWK(own.publicKey)), kid, alg: 'ES256', use: 'sig' }] };
  const settings = {
    issuer,
    audience,
    jwksUri: `data:application/json,${encodeURIComponent(JSON.stringify(keys))}`,
    accountClaim: 'account',
    projectClaim: 'project',
    scopeNames,
  };
  const claimsOf = ({ account, project, scope = scopeNames.tenant }: TokenClaims) => ({
    iss: issuer,
    aud: audience,
    sub: account,
    account,
    ...(project !== undefined && { project }),
    scope,
    iat: longAgo,
    exp: farAhead,
  });
  const sign = (payload: object, { key = own.privateKey, typ = 'at+jwt' }: { key?: CryptoKey; typ?: string } = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(payload))).setProtectedHeader({ alg: 'ES256', kid, typ }).sign(key);
  return {
    settings,
    verifyToken: accessTokenVerifier(settings),
    tokenOf: (claims) => sign(claimsOf(claims)),
    async invalid(account) {
      const claims = claimsOf({ account, scope: Object.values(scopeNames).join(' ') });
      const valid = await sign(claims);
      const [, payload, signature] = valid.split('.');
      const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
      const tokens = {
        malformed: 'x',
        forged: await sign(claims, { key: foreign.privateKey }),
        unsigned: `${unsigned}.${payload}.`,
        tampered: `${valid.split('.')[0]}.${Buffer.from(JSON.stringify({ ...claims, account: 'victim' })).toString('base64url')}.${signature}`,
        expired: await sign({ ...claims, exp: longAgo }),
        'not yet valid': await sign({ ...claims, nbf: farAhead }),
        'of another audience': await sign({ ...claims, aud: 'other' }),
        'of another issuer': await sign({ ...claims, iss: 'https://other.test' }),
        'an ID token': await sign({ ...claims, nonce: 'n' }, { typ: 'JWT' }),
        'with an invalid account': await sign({ ...claims, account: '../owner' }),
      };
      return {
        'no token': undefined,
        'basic authentication': `Basic ${valid}`,
        'two tokens': `Bearer ${valid} ${valid}`,
        ...Object.fromEntries(Object.entries(tokens).map(([name, token]) => [`a token that is ${name}`, `Bearer ${token}`])),
      };
    },
  };
}
