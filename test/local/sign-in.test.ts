import { createHash, randomBytes } from 'node:crypto';
import { decodeJwt } from 'jose';
import { getAccount } from '../../functions/get-account.ts';
import { startIssuer } from '../../local/issuer.ts';
import { freePortPair } from '../../local/ports.ts';
import { freshMember, withToken } from '../support/api.ts';
import { openConsole, openPage, signInAs } from '../support/browser.ts';
import { freshId } from '../support/client.ts';
import { issuer, origin } from '../support/service.ts';

const clientId = 'image-share-console';
const redirectUri = () => `${origin()}/console/signed-in`;

/** A minimal browser for signing in: it stores cookies, and follows redirects only on request. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  async send(url: string | URL, form?: Readonly<Record<string, string>>): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form !== undefined && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** Follows redirects as long as they stay at the issuer. */
  async follow(response: Response, index = issuer(), stepsLeft = 5): Promise<{ url: URL; response: Response }> {
    const location = response.headers.get('location');
    const url = new URL(location ?? response.url, response.url);
    if (location === null || url.origin !== index) {
      return { url, response };
    }
    if (stepsLeft === 0) {
      throw new Error(`Too many redirects, the last one to ${url}`);
    }
    return this.follow(await this.send(url), index, stepsLeft - 1);
  }
}

interface AuthorizationOptions {
  readonly issuerUrl?: string;
  readonly redirect?: string;
  readonly changes?: Readonly<Record<string, string>>;
  readonly without?: string;
}

const verifier = randomBytes(32).toString('base64url');

function authorization({
  issuerUrl = issuer(),
  redirect = redirectUri(),
  changes = {},
  without,
}: AuthorizationOptions = {}): URL {
  const url = new URL(`${issuerUrl}/auth`);
  url.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    scope: 'openid image-share',
    redirect_uri: redirect,
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }).toString();
  if (without !== undefined) {
    url.searchParams.delete(without);
  }
  return url;
}

/** Requests a code, signs in if the issuer asks for it, and returns the URL that it redirects to. */
async function signIn(visitor: Visitor, account: string, options: AuthorizationOptions = {}): Promise<URL> {
  const { url } = await visitor.follow(await visitor.send(authorization(options)), options.issuerUrl);
  if (url.pathname.startsWith('/interaction/')) {
    return (await visitor.follow(await visitor.send(url, { account }), options.issuerUrl)).url;
  }
  return url;
}

async function tokensFor(
  redirectUrl: URL,
  { issuerUrl = issuer(), redirect = redirectUri() }: AuthorizationOptions = {},
  codeVerifier = verifier,
) {
  const response = await fetch(`${issuerUrl}/token`, {
    method: 'POST',
    headers: { origin: new URL(redirect).origin },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirect,
      code: redirectUrl.searchParams.get('code') ?? '',
      code_verifier: codeVerifier,
    }),
  });
  const body = (await response.json()) as { access_token: string; id_token: string; expires_in: number; error?: string };
  return { status: response.status, headers: response.headers, body };
}

describe('signing in to the console', () => {
  it('returns a token that the API accepts for the account', async () => {
    const { account } = await freshMember();

    const redirectUrl = await signIn(new Visitor(), account);
    expect([`${redirectUrl.origin}${redirectUrl.pathname}`, redirectUrl.searchParams.get('state')]).toEqual([
      redirectUri(),
      'state-1',
    ]);
    const { status, headers, body } = await tokensFor(redirectUrl);

    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe(origin());
    expect(await withToken(body.access_token).ok(getAccount)).toMatchObject({ accountId: account });
    expect(decodeJwt(body.access_token)).toMatchObject({ sub: account, account, aud: 'image-share', scope: 'image-share' });
    expect(decodeJwt(body.id_token)).toMatchObject({ sub: account, name: account, nonce: 'nonce-1', aud: clientId });
  });

  it('uses the names of the demo accounts', async () => {
    const { body } = await tokensFor(await signIn(new Visitor(), '100000000001'));

    expect(decodeJwt(body.id_token)).toMatchObject({ sub: '100000000001', name: 'Acme' });
  });

  it('asks for an account only once, until it signs out', async () => {
    const visitor = new Visitor();
    const [firstAccount, secondAccount] = [freshId(), freshId()];

    const first = await tokensFor(await signIn(visitor, firstAccount));
    const again = await tokensFor(await signIn(visitor, secondAccount));
    expect(decodeJwt(again.body.id_token).sub).toBe(firstAccount);

    const end = new URL(`${issuer()}/session/end`);
    const signedOut = `${origin()}/console/signed-out`;
    end.search = new URLSearchParams({ id_token_hint: first.body.id_token, post_logout_redirect_uri: signedOut }).toString();
    const page = await visitor.send(end);
    const html = await page.text();
    const [, action = ''] = /action="([^"]+)"/.exec(html) ?? [];
    const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(html) ?? [];
    const { url } = await visitor.follow(await visitor.send(action, { xsrf, logout: 'yes' }));
    expect(url.href).toBe(signedOut);

    const after = await tokensFor(await signIn(visitor, secondAccount));
    expect(decodeJwt(after.body.id_token).sub).toBe(secondAccount);
  });

  it('can return to localhost as well', async () => {
    const options = { redirect: redirectUri().replace('127.0.0.1', 'localhost') };

    const redirectUrl = await signIn(new Visitor(), freshId(), options);
    const { status, headers } = await tokensFor(redirectUrl, options);

    expect([redirectUrl.hostname, status]).toEqual(['localhost', 200]);
    expect(headers.get('access-control-allow-origin')).toBe(origin().replace('127.0.0.1', 'localhost'));
  });

  it.each(['', '-begins-with-a-dash', 'has a space', '<script>', 'a'.repeat(1_000)])(
    'asks again for an account %j',
    async (account) => {
      const visitor = new Visitor();
      const { url } = await visitor.follow(await visitor.send(authorization()));

      const response = await visitor.send(url, { account });

      expect(response.status).toBe(400);
      const html = await response.text();
      expect(html).toContain('role="alert"');
      expect(html).not.toContain('<script');
    },
  );

  it('shows its page with a restrictive content security policy', async () => {
    const visitor = new Visitor();
    const { response } = await visitor.follow(await visitor.send(authorization()));

    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['English', {}, 'Sign in'],
    ['Chinese if the console asks for it', { changes: { ui_locales: 'zh' } }, '登录'],
  ])('speaks %s', async (_, options, title) => {
    const visitor = new Visitor();
    const { url, response } = await visitor.follow(await visitor.send(authorization(options)));

    expect(await response.text()).toContain(`<h1>${title}</h1>`);
    expect(await (await visitor.send(url, { account: '-' })).text()).toMatch(
      title === 'Sign in' ? /Enter a valid/ : /请输入有效/,
    );
  });

  it('explains that a sign-in without its cookie has expired', async () => {
    const response = await fetch(`${issuer()}/interaction/none`);

    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('Sign-in expired')]);
    const inChinese = await fetch(`${issuer()}/interaction/none`, { headers: { 'accept-language': 'zh-CN,en;q=0.5' } });
    expect(await inChinese.text()).toContain('登录已过期');
  });

  it('refuses a wrong code verifier', async () => {
    const redirectUrl = await signIn(new Visitor(), freshId());

    const { status, body } = await tokensFor(redirectUrl, {}, randomBytes(32).toString('base64url'));

    expect([status, body.error]).toEqual([400, 'invalid_grant']);
  });

  it('accepts a code only once', async () => {
    const redirectUrl = await signIn(new Visitor(), freshId());

    expect((await tokensFor(redirectUrl)).status).toBe(200);
    expect((await tokensFor(redirectUrl)).body.error).toBe('invalid_grant');
  });

  it.each([
    ['without a challenge', { without: 'code_challenge' }, 'invalid_request'],
    ['with a plain challenge', { changes: { code_challenge_method: 'plain' } }, 'invalid_request'],
    ['for an implicit token', { changes: { response_type: 'id_token' } }, 'invalid_request'],
    ['for the operator scope', { changes: { scope: 'openid image-share:operator' } }, 'invalid_scope'],
  ])('refuses a request %s', async (_, options, error) => {
    const { url } = await new Visitor().follow(await fetch(authorization(options), { redirect: 'manual' }));

    const actualError = url.searchParams.get('error') ?? new URLSearchParams(url.hash.slice(1)).get('error');
    expect([url.origin, actualError]).toEqual([origin(), error]);
  });

  it.each(['https://console.example.com/console/signed-in', 'http://127.0.0.1:1/console/signed-in'])(
    'refuses to redirect to %s',
    async (redirect) => {
      const response = await fetch(authorization({ redirect }), { redirect: 'manual' });

      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    },
  );

  it('allows only pages of the console to read its responses', async () => {
    const foreignOrigin = { origin: 'https://console.example.com' };
    const redirectUrl = await signIn(new Visitor(), freshId());

    const refused = await tokensFor(redirectUrl, { redirect: `${foreignOrigin.origin}/console/signed-in` });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, null]);
    for (const path of ['/.well-known/openid-configuration', '/jwks', '/me', '/token']) {
      const requestHeaders = { 'access-control-request-method': path === '/token' ? 'POST' : 'GET' };
      const allowedTo = async (headers: Record<string, string>) =>
        (await fetch(`${issuer()}${path}`, { method: 'OPTIONS', headers: { ...requestHeaders, ...headers } })).headers.get(
          'access-control-allow-origin',
        );
      expect([path, await allowedTo(foreignOrigin)]).toEqual([path, null]);
      expect([path, await allowedTo({ origin: origin() })]).toEqual([path, origin()]);
    }
    const keys = await fetch(`${issuer()}/jwks`, { headers: foreignOrigin });
    expect([keys.status, keys.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it('issues tokens with the configured lifetime', async () => {
    const apiPort = await freePortPair();
    const shortLived = await startIssuer({ port: apiPort + 1, apiPort, tokenSeconds: 5 });
    const options = { issuerUrl: shortLived.issuer, redirect: `http://127.0.0.1:${apiPort}/console/signed-in` };

    const { body } = await tokensFor(await signIn(new Visitor(), freshId(), options), options);

    const { iat = 0, exp = 0 } = decodeJwt(body.access_token);
    expect([body.expires_in, exp - iat]).toEqual([5, 5]);
    shortLived.server.closeAllConnections();
    shortLived.server.close();
  });
});

describe('the console in a browser', () => {
  it('returns from the issuer with a session, in the requested theme and language', async () => {
    const { account } = await freshMember();

    const page = await openConsole({ account, theme: 'dark', language: 'zh-CN', path: '/account' });

    expect(page.url()).toBe(`${origin()}/console/account`);
    await page.waitForFunction("document.documentElement.lang === 'zh-CN'");
    expect(await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
  });

  it('signs in as a demo account with one click, within the content security policies of both pages', async () => {
    const page = await openPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|CORS/i.test(message.text())) {
        refused.push(message.text());
      }
    });

    await page.goto(`${origin()}/console/`);
    await page.getByRole('button', { name: 'Globex' }).click();
    await page.waitForURL((url) => url.origin === origin() && url.pathname !== '/console/signed-in');

    expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toContain('100000000002');
    expect(refused).toEqual([]);
  });

  it('shows an error for an invalid account', async () => {
    const page = await openPage();

    await page.goto(authorization().href);
    await signInAs(page, 'no account');

    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Account ID').inputValue()).toBe('no account');
  });

  it('signs out without confirmation', async () => {
    const { account } = await freshMember();
    const page = await openConsole({ account });
    const end = new URL(`${issuer()}/session/end`);
    end.search = new URLSearchParams({
      client_id: clientId,
      post_logout_redirect_uri: `${origin()}/console/signed-out`,
    }).toString();

    await page.goto(end.href);

    await page.waitForURL(`${origin()}/console/signed-out`);
  });
});
