import { getAccount } from '../../functions/get-account.ts';
import { apiOf, compute, operator, withToken } from '../support/api.ts';
import { type Callable, requestOf } from '../support/client.ts';

describe('a refused token', () => {
  const secret = 'c2VjcmV0LXRva2VuLXRleHQ';

  it.each([
    { what: 'no scheme', authorization: secret },
    { what: 'another scheme', authorization: `Basic ${secret}` },
    { what: 'no token', authorization: 'Bearer ' },
    { what: 'a token that is not a JWT', authorization: `Bearer ${secret}` },
    { what: 'a JWT with invalid parts', authorization: `Bearer ${secret}.${secret}.${secret}` },
    { what: 'two tokens', authorization: `Bearer ${secret} ${secret}` },
    { what: 'a very long token', authorization: `Bearer ${secret.repeat(300)}` },
    { what: 'an unsigned JWT', authorization: `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${secret}.` },
  ])('with $what returns 401, without the token in the response', async ({ authorization }) => {
    const { method, path } = requestOf(getAccount as Callable, {});
    const response = await withToken().send(method, path, { headers: { authorization } });

    expect(response).toMatchObject({ status: 401, body: { code: 'Unauthenticated' } });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect(response.text).not.toContain(secret);
  });
});

describe('an account', () => {
  it('with an invalid id in the claim is refused with 401', async () => {
    expect(await apiOf({ account: 'a'.repeat(21) }).refused(getAccount)).toMatchObject({ status: 401, code: 'Unauthenticated' });
  });
});

describe('a call without an account claim', () => {
  it('is accepted from operators and compute platforms', async () => {
    expect((await compute().send('GET', '/v1/regions')).status).toBe(200);
    expect((await operator().send('GET', '/v1/regions')).status).toBe(200);
  });
});
