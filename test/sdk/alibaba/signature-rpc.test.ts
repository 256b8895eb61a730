import { rpcDialect } from '../../../lib/sdk/alibaba/protocol.ts';
import { rpcSignature, rpcStringToSign } from '../../../lib/sdk/alibaba/signature-rpc.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { rpcRequest } from './signing.ts';

/** The published example. Source: ECS API reference, Signature mechanism. */
const query =
  'Timestamp=2016-02-23T12:46:24Z&Format=XML&AccessKeyId=testid&Action=DescribeRegions&SignatureMethod=HMAC-SHA1' +
  '&SignatureNonce=3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf&Version=2014-05-26&SignatureVersion=1.0';
const signature = 'OLeaidS1JvxuMvnyHOwuJ+uX5qY=';
const published: WireRequest = {
  method: 'GET',
  path: '/',
  query: `${query}&Signature=${encodeURIComponent(signature)}`,
  headers: { host: 'ecs.aliyuncs.com' },
  body: Buffer.alloc(0),
};

const isAccepted = (request: WireRequest, secret = 'testsecret'): boolean => rpcDialect.read(request).isSignedWith(secret);
const changed = (from: string, to: string): WireRequest => {
  expect(published.query).toContain(from);
  return { ...published, query: published.query.replace(from, to) };
};

describe('HMAC-SHA1 over parameters', () => {
  it('computes the published signature', () => {
    expect(rpcSignature('sha1', 'testsecret', rpcStringToSign('GET', new URLSearchParams(query)))).toBe(signature);
    expect(isAccepted(published)).toBe(true);
  });

  it('parses the published request', () => {
    expect(rpcDialect.read(published)).toMatchObject({
      keyId: 'testid',
      action: 'DescribeRegions',
      region: undefined,
      signedAt: new Date('2016-02-23T12:46:24.000Z'),
      nonce: '3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf',
    });
  });

  it.each<[string, () => WireRequest, string?]>([
    ['the secret', () => published, 'testsecreu'],
    ['the method', () => ({ ...published, method: 'POST' })],
    ['the action', () => changed('DescribeRegions', 'DescribeRegiont')],
    ['the time', () => changed('12:46:24', '12:46:25')],
    ['the nonce', () => changed('4e0ad82fd6cf', '4e0ad82fd6ce')],
    ['the format', () => changed('Format=XML', 'Format=XMM')],
    ['an additional parameter', () => ({ ...published, query: `${published.query}&DryRun=true` })],
    ['the signature', () => changed('OLeaidS1', 'OLeaidS2')],
  ])('is refused with a change of %s', (_, request, secret = 'testsecret') => {
    expect(isAccepted(request(), secret)).toBe(false);
  });

  it('covers the form body like the query', () => {
    const parameters = { ImageName: "镜像 a*b'c(d)~!+é", RegionId: 'cn-hangzhou' };
    const key = { keyId: 'testid', secret: 'testsecret' };
    const request = rpcRequest({
      key,
      action: 'DescribeImages',
      parameters,
      date: '2026-11-22T12:00:00Z',
      nonce: 'n',
      method: 'POST',
    });
    const body = request.body.toString();

    expect(isAccepted(request)).toBe(true);
    expect(rpcDialect.read(request).parameters).toMatchObject(parameters);
    expect(isAccepted({ ...request, body: Buffer.from(body.replace('cn-hangzhou', 'cn-hangzhov')) })).toBe(false);
    const [first = '', ...rest] = body.split('&');
    expect(isAccepted({ ...request, query: first, body: Buffer.from(rest.join('&')) })).toBe(true);
  });

  it('can be HMAC-SHA256 instead, but nothing else', () => {
    const key = { keyId: 'testid', secret: 'testsecret' };
    const call = { key, action: 'DescribeRegions', date: '2026-11-22T12:00:00Z', nonce: 'n' };
    const request = rpcRequest({ ...call, signatureMethod: 'HMAC-SHA256' });

    expect(isAccepted(request)).toBe(true);
    for (const wrong of ['HMAC-SHA512', 'HMAC-SM3', 'SHA256withRSA', 'toString', 'hmac-sha1']) {
      const refused = { ...request, query: request.query.replace('HMAC-SHA256', wrong) };
      expect(() => isAccepted(refused)).toThrow(
        `InvalidParamater: The specified parameter "SignatureMethod" is not valid: "${wrong}" is not supported. Use HMAC-SHA1 or HMAC-SHA256.`,
      );
    }
  });
});
