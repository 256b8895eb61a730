import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, compactVerify, exportJWK, generateKeyPair, type JWK } from 'jose';
import { discoverKeys, issuerKeys } from '../../lib/auth/issuer-keys.ts';

const loopback = '127.0.0.1';

/** What the issuer responds with, by path. */
let responses: Record<string, { readonly status?: number; readonly body: string }>;
let requests: string[];
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    const { status = 200, body } = responses[path] ?? { status: 404, body: 'not found' };
    response.writeHead(status).end(body);
  }).listen(0, loopback);
  await once(server, 'listening');
  origin = `http://${loopback}:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  responses = {};
  requests = [];
});

/** Creates a key pair, and returns its public key and a token that is signed with it. */
async function newKey(kid: string): Promise<{ jwk: JWK; token: string }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const signed = new CompactSign(new TextEncoder().encode('signed')).setProtectedHeader({ alg: 'ES256', kid });
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256' }, token: await signed.sign(privateKey) };
}

const publish = (...keys: readonly JWK[]) => {
  responses['/keys'] = { body: JSON.stringify({ keys }) };
};

/** The keys of the issuer, and a clock that only `pass` moves. */
function keysAtTime() {
  let at = 0;
  const keys = issuerKeys(
    async () => new URL('/keys', origin),
    () => at,
  );
  return {
    verify: async (token: string) => (await compactVerify(token, keys)).protectedHeader.kid,
    pass: (seconds: number) => {
      at += seconds * 1_000;
    },
  };
}

describe('issuerKeys', () => {
  it('reads the keys once for concurrent and later tokens', async () => {
    const { jwk, token } = await newKey('one');
    publish(jwk);
    const { verify, pass } = keysAtTime();

    expect(await Promise.all([verify(token), verify(token), verify(token)])).toEqual(['one', 'one', 'one']);
    pass(299);
    expect(await verify(token)).toBe('one');

    expect(requests).toEqual(['/keys']);
  });

  it('reads the keys again after five minutes, and then refuses a key that was removed', async () => {
    const [first, second] = [await newKey('one'), await newKey('two')];
    publish(first.jwk);
    const { verify, pass } = keysAtTime();
    await verify(first.token);
    publish(second.jwk);

    pass(300);

    await expect(verify(first.token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(await verify(second.token)).toBe('two');
    expect(requests).toHaveLength(2);
  });

  it('reads the keys again for a new key, at most every 30 seconds', async () => {
    const [first, second] = [await newKey('one'), await newKey('two')];
    publish(first.jwk);
    const { verify, pass } = keysAtTime();
    await verify(first.token);
    publish(first.jwk, second.jwk);

    pass(29);
    await expect(verify(second.token)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
    expect(requests).toHaveLength(1);
    pass(1);
    expect(await verify(second.token)).toBe('two');

    expect(requests).toHaveLength(2);
  });

  it.each([
    ['a status other than 200', { status: 500, body: '{"keys":[]}' }, /responded with status 500/],
    ['a redirect', { status: 302, body: '' }, /responded with status 302/],
    ['a response that is not JSON', { body: '<html>' }, /is not valid JSON/],
    ['JSON without keys', { body: '{"error":"none"}' }, /JSON Web Key Set malformed/],
  ])('rejects with %s, and reads the keys again for the next token', async (_, response, message) => {
    const { jwk, token } = await newKey('one');
    responses['/keys'] = response;
    const { verify } = keysAtTime();

    await expect(verify(token)).rejects.toThrow(message);
    publish(jwk);

    expect(await verify(token)).toBe('one');
  });

  it('takes keys from a data URL', async () => {
    const { jwk, token } = await newKey('one');
    const keys = issuerKeys(async () => new URL(`data:application/json,${encodeURIComponent(JSON.stringify({ keys: [jwk] }))}`));

    expect((await compactVerify(token, keys)).protectedHeader.kid).toBe('one');
  });

  it.each([
    ['before', 'socket hang up', (response: ServerResponse) => response.destroy()],
    ['in the middle of', 'aborted', (response: ServerResponse) => response.write('{', () => response.socket?.resetAndDestroy())],
  ])('rejects if the issuer closes the connection %s the response', async (_, message, respond) => {
    const closing = createServer((_, response) => respond(response)).listen(0, loopback);
    await once(closing, 'listening');
    const uri = new URL(`http://${loopback}:${(closing.address() as AddressInfo).port}/keys`);
    const keys = issuerKeys(async () => uri);
    const { token } = await newKey('one');

    await expect(compactVerify(token, keys)).rejects.toThrow(message);
    closing.close();
  });
});

describe('discoverKeys', () => {
  it.each(['', '/'])('finds the URL of the keys of an issuer that ends with "%s"', async (end) => {
    responses['/realm/.well-known/openid-configuration'] = { body: '{"jwks_uri":"https://issuer.example.com/keys"}' };

    expect(String(await discoverKeys(`${origin}/realm${end}`))).toBe('https://issuer.example.com/keys');
  });

  it('rejects a document without the URL', async () => {
    responses['/.well-known/openid-configuration'] = { body: '{}' };

    await expect(discoverKeys(origin)).rejects.toThrow('Invalid URL');
  });
});
