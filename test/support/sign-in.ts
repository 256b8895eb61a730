/** Signs in to the console with the requests of its authorization code flow, without loading its pages on the way. */
import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { APIRequestContext } from 'playwright-core';
import { consoleClientId, scopes } from '../../local/access-token.ts';
import { issuer, origin } from './service.ts';

/** The session of a user, as the console stores it in sessionStorage. */
export interface StoredSession {
  readonly key: string;
  readonly value: string;
}

/** Signs in as the account. The issuer's cookies are those of the browser context that the requests belong to. */
export async function signIn(requests: APIRequestContext, account: string): Promise<StoredSession> {
  const redirectUri = `${origin()}/console/signed-in`;
  const scope = `openid ${scopes.tenant}`;
  const verifier = randomBytes(32).toString('base64url');
  const authorization = new URLSearchParams({
    client_id: consoleClientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  /** Returns where the response redirects to. */
  const redirectOf = async (url: string, form?: Record<string, string>): Promise<string> => {
    const response = await requests.fetch(url, { maxRedirects: 0, ...(form && { method: 'POST', form }) });
    const { location } = response.headers();
    if (location === undefined) {
      throw new Error(`The sign-in failed with ${response.status()}: ${await response.text()}`);
    }
    return new URL(location, url).href;
  };
  const signInPage = await redirectOf(`${issuer()}/auth?${authorization}`);
  const code = new URL(await redirectOf(await redirectOf(signInPage, { account }))).searchParams.get('code') ?? '';
  const response = await requests.post(`${issuer()}/token`, {
    form: {
      grant_type: 'authorization_code',
      client_id: consoleClientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    },
  });
  const { id_token: idToken, access_token: accessToken, expires_in: seconds } = await response.json();
  return {
    key: `oidc.user:${issuer()}:${consoleClientId}`,
    value: JSON.stringify({
      id_token: idToken,
      access_token: accessToken,
      token_type: 'Bearer',
      scope,
      profile: decodeJwt(idToken),
      expires_at: Math.floor(Date.now() / 1_000) + seconds,
    }),
  };
}
