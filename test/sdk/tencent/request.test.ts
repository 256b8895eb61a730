import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import { recognizes } from '../../../lib/sdk/tencent/request.ts';
import { ProviderError, type WireError, type WireRequest } from '../../../lib/sdk/wire.ts';
import { signV3 } from './signing.ts';

const key = { keyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' };

const aRequest = (change: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {},
  body: Buffer.alloc(0),
  ...change,
});

const post = signV3({ host: 'h', timestamp: 1_551_113_065 }, key);
const without = (name: string): WireRequest => {
  const { [name]: _, ...headers } = post.headers;
  return { ...post, headers };
};
const withHeader = (name: string, value: string): WireRequest => ({ ...post, headers: { ...post.headers, [name]: value } });
const withBody = (body: string): WireRequest => ({ ...post, body: Buffer.from(body) });

const form = {
  Action: 'DescribeImages',
  Version: '2017-03-12',
  Region: 'ap-guangzhou',
  SecretId: key.keyId,
  Timestamp: '1551113065',
  Nonce: '7',
  Signature: 'x',
};
const formWith = (change: Readonly<Record<string, string | undefined>>, path = '/'): WireRequest => {
  const parameters = Object.entries({ ...form, ...change }).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return aRequest({ path, body: Buffer.from(new URLSearchParams(parameters).toString()) });
};

const read = (request: WireRequest) => tencentProtocol.dialectOf(request).read(request);

const errorOf = (request: WireRequest): WireError => {
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

describe('recognizes', () => {
  test.each<[string, WireRequest]>([
    ['a header X-TC-Action', aRequest({ headers: { 'x-tc-action': 'DescribeImages' } })],
    ['an authorization TC3-HMAC-SHA256', aRequest({ headers: { authorization: 'TC3-HMAC-SHA256 nonsense' } })],
    ['a SecretId in the query', aRequest({ method: 'GET', query: 'Action=X&SecretId=AK' })],
    ['a SecretId at the start of the query', aRequest({ method: 'GET', query: 'SecretId=AK' })],
    ['a SecretId in the form', formWith({})],
  ])('accepts a request with %s', (_, request) => {
    expect(recognizes(request)).toBe(true);
  });

  test.each<[string, WireRequest]>([
    ["another cloud's header", aRequest({ headers: { 'x-acs-action': 'DescribeImages' } })],
    ["another cloud's access key", aRequest({ method: 'GET', query: 'AccessKeyId=AK&SignatureMethod=HMAC-SHA1' })],
    ["another cloud's public key", aRequest({ body: Buffer.from('Action=DescribeImage&PublicKey=AK') })],
    ['another authorization', aRequest({ headers: { authorization: 'x-TC3-HMAC-SHA256' } })],
    ['a bearer token', aRequest({ headers: { authorization: 'Bearer abc' } })],
    ['no parameters', aRequest({ method: 'GET' })],
    ['only the path of API 2.0', aRequest({ method: 'GET', path: '/v2/index.php' })],
  ])('rejects a request with %s', (_, request) => {
    expect(recognizes(request)).toBe(false);
  });
});

describe('read', () => {
  it('takes the parameters of signature v3 from the body, without null values', () => {
    const { parameters } = read(withBody('{"ImageId":"img-1","Tags":[{"Key":"a","Value":null}],"Name":null}'));
    expect(parameters).toEqual({ ImageId: 'img-1', Tags: [{ Key: 'a' }] });
  });

  it('takes an empty body as no parameters', () => {
    expect(read(withBody('')).parameters).toEqual({});
  });

  it('replaces the signature of a form by its digest in the nonce, because it is stored', () => {
    expect(read(formWith({ Nonce: '7' })).nonce).toMatch(/^1551113065\.7\.[\w-]{43}$/);
  });

  it('nests the parameters of a query', () => {
    const query = 'Filters.0.Name=image-type&Filters.0.Values.0=SHARED_IMAGE&Limit=5';
    expect(read({ ...post, method: 'GET', query, body: Buffer.alloc(0) }).parameters).toEqual({
      Filters: [{ Name: 'image-type', Values: ['SHARED_IMAGE'] }],
      Limit: '5',
    });
  });

  it('nests the parameters of a form, without those of the signature', () => {
    const { parameters } = read(formWith({ 'ImageIds.0': 'img-1', Language: 'en-US', Token: 't', RequestClient: 'c' }));
    expect(parameters).toEqual({ ImageIds: ['img-1'] });
  });

  it('recognizes API 2.0 by its path, and a product on that path by its version', () => {
    expect(read(formWith({ Action: 'ShareImage', Version: undefined }, '/v2/index.php')).action).toBe('ShareImage');
    const withVersion = formWith({ 'AccountIds.1': '1' }, '/v2/index.php');
    expect(Object.keys(tencentProtocol.dialectOf(withVersion).actions)).toContain('ModifyImageSharePermission');
    expect(read(withVersion).parameters).toEqual({ AccountIds: ['1'] });
  });

  it.each([
    ['gz', 'ap-guangzhou'],
    ['sh', 'ap-shanghai'],
    ['ap-shanghai', 'ap-shanghai'],
    ['usw', 'na-siliconvalley'],
    ['nowhere', 'nowhere'],
  ])('takes the region %s of API 2.0 for %s', (Region, region) => {
    expect(read(formWith({ Version: undefined, Region }, '/v2/index.php')).region).toBe(region);
  });

  it('takes a short region only in API 2.0', () => {
    expect(read(formWith({ Region: 'gz' })).region).toBe('gz');
    expect(read(formWith({ Region: 'gz' }, '/v2/index.php')).region).toBe('gz');
    expect(read(formWith({ Version: undefined, Region: undefined }, '/v2/index.php')).region).toBeUndefined();
  });

  it('selects the product by version', () => {
    const actionsOf = (version: string) => Object.keys(tencentProtocol.dialectOf(withHeader('x-tc-version', version)).actions);
    expect(actionsOf('2017-03-12')).toContain('DescribeImages');
    expect(actionsOf('2020-03-24')).toContain('DescribeBlueprints');
    expect(actionsOf('constructor')).toEqual([]);
  });

  it('selects a product with the same version by action', () => {
    const actionsOf = (action: string) => Object.keys(tencentProtocol.dialectOf(withHeader('x-tc-action', action)).actions);
    expect(actionsOf('DescribeSnapshots')).toEqual(['DescribeSnapshots']);
    expect(actionsOf('constructor')).toContain('DescribeImages');
    const form = formWith({ Action: 'DescribeSnapshots' });
    expect(Object.keys(tencentProtocol.dialectOf(form).actions)).toEqual(['DescribeSnapshots']);
  });
});

describe('an invalid request', () => {
  test.each<[string, WireRequest, string]>([
    ['no action', without('x-tc-action'), 'MissingParameter'],
    ['no time', without('x-tc-timestamp'), 'MissingParameter'],
    ['no version', without('x-tc-version'), 'MissingParameter'],
    ['an unsupported version', withHeader('x-tc-version', '2016-01-01'), 'NoSuchVersion'],
    ['an invalid time', withHeader('x-tc-timestamp', 'now'), 'InvalidParameterValue'],
    ['no authorization', without('authorization'), 'AuthFailure.InvalidAuthorization'],
    ['another authorization', withHeader('authorization', 'SKIP'), 'AuthFailure.InvalidAuthorization'],
    ['a body that is not JSON', withBody('Limit=5'), 'InvalidParameter'],
    ['a body that is not an object', withBody('[1]'), 'InvalidParameter'],
    ['a body that is null', withBody('null'), 'InvalidParameter'],
    ['a body that is a text', withBody('"text"'), 'InvalidParameter'],
    ['a body that is not UTF-8', { ...post, body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }, 'InvalidParameter'],
    ['a body that is nested too deep', withBody('['.repeat(60_000) + ']'.repeat(60_000)), 'InvalidParameter'],
    ['a form without action', formWith({ Action: undefined }), 'MissingParameter'],
    ['a form without version', formWith({ Version: undefined }), 'MissingParameter'],
    ['a form without nonce', formWith({ Nonce: undefined }), 'MissingParameter'],
    ['a form without signature', formWith({ Signature: '' }), 'MissingParameter'],
    ['a nonce that is not a number', formWith({ Nonce: 'x'.repeat(50) }), 'InvalidParameterValue'],
    ['a nonce that starts with a letter', formWith({ Nonce: 'x7' }), 'InvalidParameterValue'],
    ['a nonce that ends with a letter', formWith({ Nonce: '7x' }), 'InvalidParameterValue'],
    ['a time that is too long', formWith({ Timestamp: '9'.repeat(40) }), 'InvalidParameterValue'],
    ['API 2.0 without a time', formWith({ Version: undefined, Timestamp: undefined }, '/v2/index.php'), '4000'],
    ['API 2.0 without a key', formWith({ Version: undefined, SecretId: undefined }, '/v2/index.php'), '4000'],
  ])('is refused: %s', (_, request, code) => {
    expect(errorOf(request).code).toBe(code);
  });

  it('is refused if its authorization does not sign the required headers', () => {
    const authorization = post.headers['authorization'] ?? '';
    for (const names of ['content-type', 'host', 'x-tc-action']) {
      const request = withHeader('authorization', authorization.replace('content-type;host', names));
      expect(errorOf(request).code).toBe('AuthFailure.InvalidAuthorization');
    }
  });

  it('is reported with the name of the missing parameter', () => {
    expect(errorOf(without('x-tc-action')).message).toBe('The parameter Action is missing.');
    expect(errorOf(formWith({ Version: undefined })).message).toBe('The parameter Version is missing.');
    expect(errorOf(formWith({ Timestamp: undefined })).message).toBe('The parameter Timestamp is missing.');
  });

  it.each([
    ['Nonce', formWith({ Nonce: 'x' })],
    ['Timestamp', formWith({ Timestamp: 'x' })],
    ['body', { ...formWith({}), body: Buffer.concat([formWith({}).body, Buffer.from([0x26, 0xff])]) }],
  ])('is reported with the name of the invalid parameter: %s', (name, request) => {
    expect(errorOf(request).message).toContain(name);
  });
});
