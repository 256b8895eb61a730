import { actionOf, read, recognizes } from '../../../lib/sdk/ucloud/request.ts';
import { ProviderError, type WireRequest } from '../../../lib/sdk/wire.ts';
import type { SentRequest } from '../wire-request.ts';
import { everyShape, shapes } from './requests.ts';

const key = { keyId: 'AK1', secret: 'secret' };

const requestOf = ({
  method,
  path,
  body = '',
}: Partial<Omit<SentRequest, 'body'>> & { body?: string | Uint8Array }): WireRequest => {
  const [plain = '/', query = ''] = (path ?? '/').split('?');
  return { method: method ?? 'POST', path: plain, query, headers: {}, body: Buffer.from(body) };
};

const errorOf = (request: WireRequest) => {
  try {
    read(request);
  } catch (failure) {
    if (failure instanceof ProviderError) {
      return failure.error;
    }
    throw failure;
  }
  throw new Error('The request was parsed.');
};

const parameters = {
  Action: 'ModifyImageShareProject',
  Region: 'cn-bj2',
  ProjectId: 'org-1',
  AddProjects: ['org-2', 'org-3'],
  Disks: [{ Size: 20, IsBoot: true }, { Size: 5.5 }],
  Name: '图像 a+b&c=d',
};

describe.each(everyShape)('%s', (shape) => {
  const request = requestOf(shapes[shape](parameters, key));

  it('is recognized and parsed', () => {
    expect(recognizes(request)).toBe(true);
    expect(read(request)).toMatchObject({
      keyId: 'AK1',
      action: 'ModifyImageShareProject',
      region: 'cn-bj2',
      project: 'org-1',
      parameters: { AddProjects: ['org-2', 'org-3'], Name: '图像 a+b&c=d' },
    });
    const [first, second] = read(request).parameters['Disks'] as Record<string, unknown>[];
    expect([String(first?.['Size']), String(first?.['IsBoot']), String(second?.['Size'])]).toEqual(['20', 'true', '5.5']);
  });

  it('is signed with its own secret only', () => {
    expect(read(request).isSignedWith('secret')).toBe(true);
    expect(read(request).isSignedWith('secreu')).toBe(false);
  });

  it('has no time and no nonce', () => {
    expect(read(request)).not.toHaveProperty('signedAt');
    expect(read(request)).not.toHaveProperty('nonce');
  });
});

describe('recognizes', () => {
  it.each([
    ['', 'DescribeImage&PublicKeys=1'],
    ['{"Action":"DescribeImage","MyPublicKey":"a"}', ''],
    ['Action=DescribeImage', ''],
    ['', ''],
  ])('rejects %j with query %j', (body, query) => {
    expect(recognizes(requestOf({ body, path: `/?${query}` }))).toBe(false);
  });

  it.each([
    ['{"PublicKey" : "a"', ''],
    ['[{"PublicKey":1}]', ''],
    ['PublicKey=', ''],
    ['', 'a=1&PublicKey=x'],
  ])('accepts %j with query %j, even if it is invalid', (body, query) => {
    expect(recognizes(requestOf({ body, path: `/?${query}` }))).toBe(true);
  });
});

describe('actionOf', () => {
  it.each([
    ['Action=A', 'A'],
    ['{"Action":"A"}', 'A'],
    ['{', undefined],
    ['', undefined],
  ])('returns the action of %j, if there is one', (body, action) => {
    expect(actionOf(requestOf({ body }))).toBe(action);
  });
});

describe('read', () => {
  it.each([
    ['an action', 'PublicKey=a&Signature=b', { code: '160', message: 'Missing params [Action]' }],
    ['a nonempty action', 'Action=&PublicKey=a&Signature=b', { code: '160', message: 'Missing params [Action]' }],
    ['a non-null action', '{"Action":null,"PublicKey":"a"}', { code: '160', message: 'Missing params [Action]' }],
    ['a key', 'Action=A&PublicKey=&Signature=b', { code: '220', message: 'Missing params [PublicKey]' }],
    ['a top-level key', '{"Action":"A","x":{"PublicKey":"a"}}', { code: '220', message: 'Missing params [PublicKey]' }],
    ['a signature', 'Action=A&PublicKey=a', { code: '170', message: 'Missing params [Signature]' }],
  ])('refuses a request without %s', (_, body, error) => {
    expect(errorOf(requestOf({ body }))).toEqual(error);
  });

  it('refuses the token of a temporary key', () => {
    expect(errorOf(requestOf({ body: 'Action=A&PublicKey=a&Signature=b&SecurityToken=c' }))).toMatchObject({ code: '174' });
    expect(read(requestOf({ body: 'Action=A&PublicKey=a&Signature=b&SecurityToken=' })).keyId).toBe('a');
  });

  it.each(['Action', 'PublicKey', 'Signature', 'Region', 'ProjectId'])('refuses %s that is not a string', (name) => {
    const valid = { Action: 'A', PublicKey: 'a', Signature: 'b', Region: 'r', ProjectId: 'p' };
    for (const value of [true, {}, ['a'], { a: 1 }]) {
      const body = JSON.stringify({ ...valid, [name]: value });
      expect(errorOf(requestOf({ body }))).toEqual({
        code: '230',
        message: `Params [${name}] not available: must be a string`,
      });
    }
  });

  it('tells a form from JSON by how it starts', () => {
    expect(read(requestOf({ body: 'Action=A&PublicKey=a&Signature=b&Name={x' })).parameters).toMatchObject({ Name: '{x' });
    expect(read(requestOf({ body: ' \n{"Action":"A","PublicKey":"a","Signature":"b"}' })).action).toBe('A');
  });

  it('accepts JSON that is nested 16 levels deep', () => {
    const body = `{"Action":"A","PublicKey":"a","Signature":"b","x":${'['.repeat(15)}${']'.repeat(15)}}`;
    expect(read(requestOf({ body })).keyId).toBe('a');
  });

  it('accepts a number for a string', () => {
    const body = '{"Action":"A","PublicKey":"a","Signature":"b","ProjectId":5}';
    expect(read(requestOf({ body })).project).toBe('5');
  });

  const bodyError = (reason: string) => ({ code: '230', message: `Params [body] not available: ${reason}` });

  it.each([
    ['truncated JSON', '{"PublicKey":"a"', bodyError('is not JSON')],
    ['a JSON list', '["PublicKey"]', bodyError('is not a JSON object')],
    ['bytes that are not UTF-8', Buffer.from([0x50, 0x3d, 0xff]), bodyError('is not UTF-8')],
    ['JSON that is nested too deep', `{"a":${'['.repeat(16)}${']'.repeat(16)}}`, bodyError('is nested more than 16 levels deep')],
    [
      'JSON that is nested far too deep',
      `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      bodyError('is nested more than 16 levels deep'),
    ],
  ])('refuses %s', (_, body, error) => {
    expect(errorOf(requestOf({ body }))).toEqual(error);
  });

  it('takes all values from the query if it contains the key, and otherwise all from the body', () => {
    const fromQuery = read(requestOf({ path: '/?Action=A&PublicKey=a&Signature=b', body: 'Action=B&Region=r' }));
    expect(fromQuery).toMatchObject({ action: 'A', region: undefined });
    const fromBody = read(requestOf({ path: '/?Action=B&Region=r', body: 'Action=A&PublicKey=a&Signature=b' }));
    expect(fromBody).toMatchObject({ action: 'A', region: undefined });
  });

  it('ignores empty and null values, even if they are signed', () => {
    const form = read(requestOf({ body: 'Action=A&PublicKey=a&Signature=b&Tag=&ProjectId=&Region=' }));
    expect(form).toMatchObject({ region: undefined, project: undefined });
    expect(Object.keys(form.parameters)).toEqual(['Action', 'PublicKey', 'Signature']);
    const json = read(requestOf({ body: '{"Action":"A","PublicKey":"a","Signature":"b","Tag":null,"ImageIds":[]}' }));
    expect(Object.keys(json.parameters)).toEqual(['Action', 'PublicKey', 'Signature']);
  });

  it('treats __proto__ like any other name', () => {
    const { parameters: nested } = read(
      requestOf({ body: '{"Action":"A","PublicKey":"a","Signature":"b","__proto__":{"Region":"r"},"__proto__.Limit":1}' }),
    );
    expect(({} as Record<string, unknown>)['Region']).toBeUndefined();
    expect(nested['Region']).toBeUndefined();
    expect(Object.getPrototypeOf(nested)).toBe(Object.prototype);
  });
});
