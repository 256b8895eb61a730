import { createHmac } from 'node:crypto';
import { v3Dialect } from '../../../lib/sdk/alibaba/protocol.ts';
import { canonicalRequest, sha256, v3Signature, v3StringToSign } from '../../../lib/sdk/alibaba/signature-v3.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { v3Request } from './signing.ts';

/** The published example. Source: help.aliyun.com, common parameters. */
const secret = 'YourAccessKeySecret';
const signedHeaders = [
  'host',
  'x-acs-action',
  'x-acs-content-sha256',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-version',
] as const;
const signature = '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0';
const published = {
  method: 'POST',
  path: '/',
  query: 'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
  headers: {
    host: 'ecs.cn-shanghai.aliyuncs.com',
    'x-acs-action': 'RunInstances',
    'x-acs-version': '2014-05-26',
    'x-acs-date': '2023-10-26T10:22:32Z',
    'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
    'x-acs-content-sha256': sha256(''),
    authorization: `ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`,
  },
  body: Buffer.alloc(0),
} satisfies WireRequest;

const isAccepted = (request: WireRequest, key = secret): boolean => v3Dialect.read(request).isSignedWith(key);
const withHeaders = (headers: object): WireRequest => ({ ...published, headers: { ...published.headers, ...headers } });

describe('ACS3-HMAC-SHA256', () => {
  it('computes the published hash and signature', () => {
    const canonical = canonicalRequest(published, { signedHeaders, bodyHash: sha256('') });

    expect(sha256(canonical)).toBe('7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259');
    expect(v3Signature(secret, v3StringToSign(published, { signedHeaders, bodyHash: sha256('') }))).toBe(signature);
    expect(isAccepted(published)).toBe(true);
  });

  it('takes a signed header that is missing as empty', () => {
    const canonical = canonicalRequest(published, { signedHeaders: ['host', 'x-none'], bodyHash: '' });

    expect(canonical).toContain(`host:${published.headers.host}\nx-none:\n\nhost;x-none`);
  });

  it('parses the published request', () => {
    expect(v3Dialect.read(published)).toMatchObject({
      keyId: 'YourAccessKeyId',
      action: 'RunInstances',
      region: 'cn-shanghai',
      signedAt: new Date('2023-10-26T10:22:32.000Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
      parameters: { ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd', RegionId: 'cn-shanghai' },
    });
  });

  it.each<[string, WireRequest, string?]>([
    ['the secret', published, 'YourAccessKeySecreu'],
    ['the method', { ...published, method: 'GET' }],
    ['a parameter', { ...published, query: published.query.replace('win2019', 'win2018') }],
    ['an additional parameter', { ...published, query: `${published.query}&DryRun=true` }],
    ['the body', { ...published, body: Buffer.from('\0') }],
    ['the host', withHeaders({ host: 'ecs.cn-shanghai.aliyuncs.com:80' })],
    ['the action', withHeaders({ 'x-acs-action': 'RunInstancer' })],
    ['the date', withHeaders({ 'x-acs-date': '2023-10-26T10:22:33Z' })],
    ['the nonce', withHeaders({ 'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703e' })],
    ['the hash of the body', withHeaders({ 'x-acs-content-sha256': sha256('\0') })],
    [
      'the signature',
      withHeaders({ authorization: published.headers.authorization.replace(signature, signature.replace(/0$/, '1')) }),
    ],
  ])('is refused with a change of %s', (_, request, key = secret) => {
    expect(isAccepted(request, key)).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString'])('is refused with %s as a signed header', (name) => {
    const authorization = published.headers.authorization.replace('x-acs-version,', `x-acs-version;${name},`);

    expect(isAccepted(withHeaders({ authorization }))).toBe(false);
  });

  it('is refused if the body does not match the signed hash', () => {
    const call = { key: { keyId: 'k', secret }, host: 'h', action: 'DescribeImages', date: '2026-11-22T12:00:00Z', nonce: 'n' };
    const request = v3Request({ ...call, body: 'RegionId=cn-hangzhou' });

    expect(isAccepted(request)).toBe(true);
    expect(isAccepted({ ...request, body: Buffer.from('RegionId=cn-hangzhov') })).toBe(false);
  });

  it('covers the re-encoded query and the host as sent', () => {
    const parameters = { ImageName: "镜像 a*b'c(d)~!+é", RegionId: 'cn-hangzhou' };
    const key = { keyId: 'k', secret };
    const call = { key, action: 'DescribeImages', parameters, date: '2026-11-22T12:00:00Z', nonce: 'n' };
    const request = v3Request({ ...call, host: '127.0.0.1:1234/ali' });
    const asSent = { ...request, query: new URLSearchParams(Object.entries(parameters).reverse()).toString() };

    expect(asSent.query).not.toBe(request.query);
    expect(isAccepted(asSent)).toBe(true);
    expect(v3Dialect.read(asSent).parameters).toEqual(parameters);
    expect(isAccepted({ ...asSent, headers: { ...asSent.headers, host: '127.0.0.1' } })).toBe(false);
  });

  it('covers the listed headers in the order of the request', () => {
    const names = [...signedHeaders, 'x-acs-credentials-provider', 'content-type'].reverse();
    const headers: Record<string, string> = {
      ...published.headers,
      'x-acs-credentials-provider': 'static_ak',
      'content-type': ' text/plain ',
    };
    const canonical = [
      'POST',
      '/',
      published.query,
      names.map((name) => `${name}:${headers[name]?.trim()}\n`).join(''),
      names.join(';'),
      sha256(''),
    ].join('\n');
    const hmac = createHmac('sha256', secret)
      .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
      .digest('hex');
    const authorization = `ACS3-HMAC-SHA256 Credential=k,SignedHeaders=${names.join(';')},Signature=${hmac}`;

    expect(isAccepted({ ...published, headers: { ...headers, authorization } })).toBe(true);
    expect(isAccepted({ ...published, headers: { ...headers, 'content-type': 'text/html', authorization } })).toBe(false);
  });
});
