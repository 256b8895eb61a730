import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK } from 'jose';
import { accessTokenVerifier, type TokenSettings } from '../../lib/auth/access-token.ts';
import { tokenOf, withToken } from '../support/api.ts';
import { issuer as stackIssuer } from '../support/service.ts';

const loopback = '127.0.0.1';
const kid = 'key-1';

interface KeyPair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

let issuerKeys: KeyPair;
let foreignKeys: KeyPair;
let server: Server;
let settings: TokenSettings;
let requestCount = 0;

beforeAll(async () => {
  [issuerKeys, foreignKeys] = await Promise.all([newKeyPair(), newKeyPair()]);
  const keys = { keys: [{ ...(await exportJWK(issuerKeys.publicKey)), kid, alg: 'RS256', use: 'sig' }] };
  server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    const documents: Record<string, unknown> = {
      '/keys': keys,
      '/.well-known/openid-configuration': { jwks_uri: `http://${loopback}:${port}/keys` },
    };
    requestCount += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(documents[request.url ?? ''] ?? {}));
  });
  server.listen(0, loopback);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  settings = {
    issuer: `http://${loopback}:${port}`,
    audience: 'image-share',
    jwksUri: `http://${loopback}:${port}/keys`,
    accountClaim: 'account',
    projectClaim: 'project',
    scopeNames: { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' },
  };
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
});

const newKeyPair = () => generateKeyPair('RS256', { extractable: true });
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

const claims = (parts: Readonly<Record<string, unknown>> = {}) => ({
  iss: settings.issuer,
  aud: 'image-share',
  sub: 'program',
  account: '100000000001',
  scope: 'image-share',
  iat: inSeconds(0),
  exp: inSeconds(600),
  ...parts,
});

/** Signs a token without the validation that a JWT library does for issuers. */
const sign = (payload: unknown, header: Record<string, unknown> = {}, key: CryptoKey | Uint8Array = issuerKeys.privateKey) =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'at+jwt', ...header } as { alg: string })
    .sign(key);

const verify = (token: string, parts: Partial<TokenSettings> = {}) => accessTokenVerifier({ ...settings, ...parts })(token);

const refusal = async (token: string, parts: Partial<TokenSettings> = {}) => {
  const caller = verify(token, parts);
  await expect(caller).rejects.toMatchObject({ code: 'Unauthenticated', details: { detail: expect.any(String) } });
  await expect(caller).rejects.not.toMatchObject({ details: { detail: expect.stringContaining(token.slice(0, 20)) } });
  return caller.catch((failure: { details: { detail: string } }) => failure.details.detail);
};

describe('accessTokenVerifier', () => {
  it('returns subject, account, project, and scopes of an access token', async () => {
    const token = await sign(claims({ project: 'org-1', scope: 'openid image-share image-share:compute' }));

    expect(await verify(token)).toEqual({
      subject: 'program',
      account: '100000000001',
      project: 'org-1',
      scopes: new Set(['tenant', 'compute']),
    });
  });

  it('discovers the keys if no JWKS URI is configured', async () => {
    expect(await verify(await sign(claims()), { jwksUri: undefined })).toMatchObject({ account: '100000000001' });
  });

  it('fetches the keys once for many tokens', async () => {
    const verifier = accessTokenVerifier(settings);
    await verifier(await sign(claims()));
    const before = requestCount;
    await Promise.all(Array.from({ length: 20 }, async () => verifier(await sign(claims()))));

    expect(requestCount).toBe(before);
  });

  it('accepts client_id instead of aud, and aud as a list', async () => {
    await verify(await sign(claims({ aud: undefined, client_id: 'image-share', token_use: 'access' })));
    await verify(await sign(claims({ aud: ['other', 'image-share'] })));
  });

  it('accepts scopes in scp, as a string or a list', async () => {
    for (const scp of ['image-share', ['image-share']]) {
      expect((await verify(await sign(claims({ scope: undefined, scp })))).scopes).toEqual(new Set(['tenant']));
    }
  });

  it('returns no scopes if the token has none', async () => {
    expect((await verify(await sign(claims({ scope: undefined })))).scopes).toEqual(new Set());
  });

  it('does not match parts of scope names', async () => {
    const { scopes } = await verify(await sign(claims({ scope: 'image-share:operator-not ximage-share' })));

    expect(scopes).toEqual(new Set());
  });

  it('refuses an expired token, with 5 seconds of clock tolerance', async () => {
    await verify(await sign(claims({ exp: inSeconds(-1) })));
    expect(await refusal(await sign(claims({ exp: inSeconds(-10) })))).toMatch(/expired/);
  });

  it.each([
    { what: 'with an nbf in the future', parts: { nbf: 99_999_999_999 } },
    { what: 'without exp', parts: { exp: undefined } },
    { what: 'without sub', parts: { sub: undefined } },
    { what: 'of another issuer', parts: { iss: 'https://other.example' } },
    { what: 'without issuer', parts: { iss: undefined } },
    { what: 'with another audience', parts: { aud: 'other' } },
    { what: 'without an audience', parts: { aud: undefined } },
    { what: 'with an audience that has the right prefix', parts: { aud: 'image-share-2' } },
    { what: 'with another audience and the right client_id', parts: { aud: 'other', client_id: 'image-share' } },
    { what: 'that is an ID token by token_use', parts: { token_use: 'id' } },
    { what: 'that is an ID token by nonce', parts: { nonce: 'n' } },
    { what: 'that is an ID token by at_hash', parts: { at_hash: 'h' } },
    { what: 'with an invalid account id', parts: { account: '#' } },
    { what: 'with an account that is not a string', parts: { account: 100000000001 } },
    { what: 'with an invalid project id', parts: { project: 'a'.repeat(21) } },
  ])('refuses a token $what', async ({ parts }) => {
    expect(await refusal(await sign(claims(parts)))).toMatch(/./);
  });

  it('refuses an ID token, which has neither the type nor a scope of an access token', async () => {
    expect(await refusal(await sign(claims({ scope: undefined }), { typ: 'JWT' }))).toBe('This is not an access token.');
  });

  it("refuses a foreign key's signature under the issuer's kid, and an unknown kid", async () => {
    expect(await refusal(await sign(claims(), {}, foreignKeys.privateKey))).toMatch(/not signed by the issuer's key/);
    expect(await refusal(await sign(claims(), { kid: 'key-2' }, foreignKeys.privateKey))).toMatch(/not signed by/);
  });

  it("does not take keys from the token's own header", async () => {
    const jwk = (await exportJWK(foreignKeys.publicKey)) as JWK;
    const keysOf = 'data:application/json,{}';

    await refusal(await sign(claims(), { jwk }, foreignKeys.privateKey));
    await refusal(await sign(claims(), { jku: keysOf, x5u: keysOf }, foreignKeys.privateKey));
  });

  it('refuses alg none, with and without a signature', async () => {
    const [, payload, signature] = (await sign(claims())).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', kid, typ: 'at+jwt' })).toString('base64url');

    await refusal(`${header}.${payload}.`);
    await refusal(`${header}.${payload}.${signature}`);
  });

  it('refuses HS256 with the public key as the secret', async () => {
    const pem = new TextEncoder().encode(await exportSPKI(issuerKeys.publicKey));

    expect(await refusal(await sign(claims(), { alg: 'HS256' }, pem))).toMatch(/unsupported algorithm/);
  });

  it('refuses a token with a modified payload', async () => {
    const [header, , signature] = (await sign(claims())).split('.');
    const payload = Buffer.from(JSON.stringify(claims({ account: '100000000002' }))).toString('base64url');

    await refusal(`${header}.${payload}.${signature}`);
  });

  it.each(['', 'a', 'a.b', 'a.b.c', 'a.b.c.d.e', '..', 'ä.ö.ü'])('refuses "%s" as malformed', async (token) => {
    await expect(verify(token)).rejects.toMatchObject({ code: 'Unauthenticated' });
  });

  it.each([[], 'text', null, 1])('refuses the payload %j', async (payload) => {
    await refusal(await sign(payload));
  });

  it("refuses with Unavailable, not Unauthenticated, while the keys can't be fetched", async () => {
    const closed = createServer().listen(0, loopback);
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const token = await sign(claims());

    for (const parts of [
      { jwksUri: `http://${loopback}:${port}/keys` },
      { jwksUri: undefined, issuer: `http://${loopback}:${port}` },
    ]) {
      await expect(verify(token, parts)).rejects.toMatchObject({
        code: 'Unavailable',
        details: { retryAfterSeconds: expect.any(Number) },
      });
    }
  });
});

describe('the running service', () => {
  const sendWith = (token: string) => withToken(token).send('GET', '/v1/regions');
  const headerOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it("refuses a token signed by a foreign key with the issuer's iss and kid", async () => {
    const real = await tokenOf({ account: 'anybody' });
    const forged = await sign(claims({ iss: stackIssuer() }), headerOf(real), foreignKeys.privateKey);
    const response = await sendWith(forged);

    expect((await sendWith(real)).status).toBe(200);
    expect(response).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } });
    expect(forged.split('.').filter((part) => response.text.includes(part))).toEqual([]);
  });

  it("refuses the issuer's token with a modified payload, header, or signature", async () => {
    const [header = '', payload = '', signature = ''] = (await tokenOf({ account: 'anybody' })).split('.');
    const other = (await tokenOf({ account: 'operator', scope: 'image-share:operator' })).split('.');
    const unsignedHeader = Buffer.from(JSON.stringify({ ...headerOf(`${header}.`), alg: 'none' })).toString('base64url');

    for (const token of [
      `${header}.${other[1]}.${signature}`,
      `${header}.${payload}.${other[2]}`,
      `${header}.${payload}.`,
      `${unsignedHeader}.${payload}.`,
      `${unsignedHeader}.${payload}.${signature}`,
    ]) {
      expect(await sendWith(token)).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } });
    }
  });

  it('refuses a token of an untrusted issuer', async () => {
    expect(await sendWith(await sign(claims()))).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } });
  });
});
