import { createHmac } from 'node:crypto';
import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import { authorizationFrom } from '../../../lib/sdk/tencent/signature-v3.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { signV1, signV3 } from './signing.ts';

/** A published example: a signed request and its secret. */
interface Vector {
  readonly request: WireRequest;
  readonly secret: string;
}

const v3 = ({
  secretId,
  signedHeaders,
  signature,
}: {
  secretId: string;
  signedHeaders: string;
  signature: string;
}): WireRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: {
    host: 'cvm.tencentcloudapi.com',
    'content-type': 'application/json; charset=utf-8',
    'x-tc-action': 'DescribeInstances',
    'x-tc-version': '2017-03-12',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-timestamp': '1551113065',
    authorization: `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, SignedHeaders=${signedHeaders}, Signature=${signature}`,
  },
  body: Buffer.from('{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}'),
});

const v1 = (path: string, host: string, parameters: Record<string, string>): WireRequest => ({
  method: 'GET',
  path,
  query: new URLSearchParams(parameters).toString(),
  headers: { host },
  body: Buffer.alloc(0),
});

const describeInstances = (Signature: string, SignatureMethod: string) =>
  v1('/v2/index.php', 'cvm.api.qcloud.com', {
    Action: 'DescribeInstances',
    SecretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3gnPhESA',
    Timestamp: '1465185768',
    Nonce: '11886',
    Region: 'ap-guangzhou',
    SignatureMethod,
    'InstanceIds.0': 'ins-09dx96dg',
    Signature,
  });

/**
 * Sources: https://cloud.tencent.com/document/api/306/57449 (signature v3, two versions of the page),
 * https://cloud.tencent.com/document/product/849/52015 (signature v1), and the page "Signature" of API 2.0 in the
 * repository tencentyun/qcloud-documents.
 */
const vectors: Readonly<Record<string, Vector>> = {
  'v3 over content type and host': {
    request: v3({
      secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      signedHeaders: 'content-type;host',
      signature: '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    }),
    secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  },
  'v3 over the action too': {
    request: v3({
      secretId: 'AKID********************************',
      signedHeaders: 'content-type;host;x-tc-action',
      signature: '10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f',
    }),
    secret: '********************************',
  },
  'v1 with HmacSHA1, of API 3.0': {
    request: v1('/', 'cvm.tencentcloudapi.com', {
      Action: 'DescribeInstances',
      'InstanceIds.0': 'ins-09dx96dg',
      Limit: '20',
      Nonce: '11886',
      Offset: '0',
      Region: 'ap-guangzhou',
      SecretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
      Timestamp: '1465185768',
      Version: '2017-03-12',
      Signature: 'EliP9YW3pW28FpsEdkXt/+WcGeI=',
    }),
    secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
  },
  'v1 with HmacSHA256, of API 2.0': {
    request: describeInstances('0EEm/HtGRr/VJXTAD9tYMth1Bzm3lLHz5RCDv1GdM8s=', 'HmacSHA256'),
    secret: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
  },
  'v1 with HmacSHA1, of API 2.0': {
    request: describeInstances('nPVnY6njQmwQ8ciqbPl5Qe+Oru4=', 'HmacSHA1'),
    secret: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
  },
};
const published = Object.entries(vectors);
const v3Vectors = published.filter(([name]) => name.startsWith('v3'));
const v1Vectors = published.filter(([name]) => name.startsWith('v1'));

const read = (request: WireRequest) => tencentProtocol.dialectOf(request).read(request);
const isAccepted = ({ request, secret }: Vector): boolean => read(request).isSignedWith(secret);

/** Flips the lowest bit of one character. */
const flip = (text: string, index: number): string =>
  text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ 1) + text.slice(index + 1);

const withHeader = ({ request, secret }: Vector, name: string, change: (value: string) => string): Vector => ({
  request: { ...request, headers: { ...request.headers, [name]: change(request.headers[name] ?? '') } },
  secret,
});

const withParameter = ({ request, secret }: Vector, name: string, change: (value: string) => string): Vector => {
  const parameters = new URLSearchParams(request.query);
  parameters.set(name, change(parameters.get(name) ?? ''));
  return { request: { ...request, query: parameters.toString() }, secret };
};

describe('published signatures', () => {
  test.each(published)('are accepted: %s', (_, vector) => {
    expect(isAccepted(vector)).toBe(true);
  });

  test.each(published)('are parsed to key, time and action: %s', (_, { request }) => {
    const { keyId, action, region, signedAt } = read(request);
    expect({ action, region }).toEqual({ action: 'DescribeInstances', region: 'ap-guangzhou' });
    expect(keyId).toMatch(/^AKID/);
    expect([1_551_113_065_000, 1_465_185_768_000]).toContain(signedAt?.getTime());
  });

  test.each(published)('are refused for a secret that differs in one bit: %s', (_, { request, secret }) => {
    expect(isAccepted({ request, secret: flip(secret, secret.length - 1) })).toBe(false);
  });

  test.each(v3Vectors)('are refused for a body that differs in one bit: %s', (_, { request, secret }) => {
    const body = Buffer.from(request.body);
    body.writeUInt8(body.readUInt8(10) ^ 1, 10);
    expect(isAccepted({ request: { ...request, body }, secret })).toBe(false);
  });

  test.each(v3Vectors)('are refused if they differ in one bit: %s', (_, vector) => {
    const changed = withHeader(vector, 'authorization', (value) => flip(value, value.length - 1));
    expect(isAccepted(changed)).toBe(false);
  });

  test.each(v3Vectors)('are refused for another date: %s', (_, vector) => {
    expect(isAccepted(withHeader(vector, 'authorization', (value) => value.replace('2019-02-25', '2019-02-24')))).toBe(false);
  });

  test.each(v3Vectors)('are refused for another time: %s', (_, vector) => {
    expect(isAccepted(withHeader(vector, 'x-tc-timestamp', () => '1551113064'))).toBe(false);
  });

  test.each(v3Vectors)('are refused for another host: %s', (_, vector) => {
    expect(isAccepted(withHeader(vector, 'host', (value) => flip(value, 0)))).toBe(false);
  });

  test.each(v1Vectors)('are refused if they differ in one bit: %s', (_, vector) => {
    expect(isAccepted(withParameter(vector, 'Signature', (value) => flip(value, 3)))).toBe(false);
  });

  test.each(v1Vectors)('are refused for another parameter, time or nonce: %s', (_, vector) => {
    for (const name of ['InstanceIds.0', 'Timestamp', 'Nonce', 'Region', 'Action']) {
      expect([name, isAccepted(withParameter(vector, name, (value) => flip(value, value.length - 1)))]).toEqual([name, false]);
    }
  });

  test.each(v1Vectors)('are refused for an additional parameter: %s', (_, vector) => {
    expect(isAccepted(withParameter(vector, 'Limit2', () => '5'))).toBe(false);
  });

  test.each(v1Vectors)('are refused for another host: %s', (_, vector) => {
    expect(isAccepted(withHeader(vector, 'host', (value) => flip(value, 0)))).toBe(false);
  });
});

const key = { keyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' };
const timestamp = 1_551_113_065;

describe('signature v3', () => {
  it('accepts a host that was signed with or without its port', () => {
    const withPort = signV3({ host: '127.0.0.1:3000', timestamp }, key);
    const withoutPort = signV3({ host: '127.0.0.1', timestamp }, key);
    const received = { ...withoutPort, headers: { ...withoutPort.headers, host: '127.0.0.1:3000' } };
    expect([isAccepted({ request: withPort, ...key }), isAccepted({ request: received, ...key })]).toEqual([true, true]);
  });

  it('accepts any service name in the scope', () => {
    for (const service of ['127', 'localhost:3000', 'lighthouse']) {
      expect(isAccepted({ request: signV3({ host: 'localhost:3000', timestamp, service }, key), ...key })).toBe(true);
    }
  });

  it('accepts a query in the order in which it was sent', () => {
    const request = signV3({ method: 'GET', host: 'h', timestamp, query: 'Limit=5&Filters.0.Name=image-type' }, key);
    expect(isAccepted({ request, ...key })).toBe(true);
    expect(isAccepted({ request: { ...request, query: 'Filters.0.Name=image-type&Limit=5' }, ...key })).toBe(false);
  });

  it.each([
    ['as the SDKs for Node encode it', "a%20b!'()*~%2F%C3%A9"],
    ['as the SDKs for Go and Python encode it', 'a+b%21%27%28%29%2A~%2F%C3%A9'],
  ])('accepts a query that a gateway re-encoded: %s', (_, value) => {
    const request = signV3({ method: 'GET', host: 'h', timestamp, query: `ImageName=${value}&Limit=5` }, key);
    const reencoded = { ...request, query: new URLSearchParams(request.query).toString() };
    expect(reencoded.query).not.toBe(request.query);
    expect(isAccepted({ request: reencoded, ...key })).toBe(true);
    expect(isAccepted({ request: { ...reencoded, query: `${reencoded.query}1` }, ...key })).toBe(false);
  });

  it('accepts a content type that was signed in lowercase, as the documentation does', () => {
    const request = signV3({ host: 'h', timestamp, contentType: 'application/json; charset=utf-8' }, key);
    const sent = { ...request, headers: { ...request.headers, 'content-type': 'application/json; charset=UTF-8' } };
    expect(isAccepted({ request: sent, ...key })).toBe(true);
  });

  it('takes a signed header that is missing as empty', () => {
    const request = signV3({ host: 'h', timestamp, signedHeaders: ['content-type', 'host', 'x-none'] }, key);
    expect(isAccepted({ request, ...key })).toBe(true);
  });

  it('accepts spaces around the value of a signed header, which are not signed', () => {
    const request = signV3({ host: 'h', timestamp }, key);
    const sent = { ...request, headers: { ...request.headers, 'content-type': ' application/json ' } };
    expect(isAccepted({ request: sent, ...key })).toBe(true);
  });

  it.each([
    ['spaces where they are allowed', (header: string) => header.replaceAll(', ', ',   ').replace(' ', '  '), true],
    ['no spaces after commas', (header: string) => header.replaceAll(', ', ','), true],
    ['text before the algorithm', (header: string) => `x${header}`, false],
    ['text after the signature', (header: string) => `${header} x`, false],
  ])('reads an Authorization header with %s', (_, change, isRead) => {
    const { headers } = signV3({ host: 'h', timestamp }, key);
    const { secretId, signedHeaders } = authorizationFrom(change(headers['authorization'] ?? '')) ?? {};
    expect({ secretId, signedHeaders }).toEqual(isRead ? { secretId: key.keyId, signedHeaders: ['content-type', 'host'] } : {});
  });

  it.each([{ method: 'POST' }, { method: 'GET', query: 'Limit=5' }])(
    'accepts an unsigned payload, if its header is sent: %j',
    (parts) => {
      const request = signV3({ host: 'h', timestamp, hasUnsignedPayload: true, ...parts }, key);
      expect(isAccepted({ request, ...key })).toBe(true);
      expect(isAccepted({ request: { ...request, body: Buffer.from('{"Limit":1}') }, ...key })).toBe(true);
      const { 'x-tc-content-sha256': _, ...headers } = request.headers;
      expect(isAccepted({ request: { ...request, headers }, ...key })).toBe(false);
    },
  );

  it('refuses a signed body if the header says that it is unsigned, and the other way round', () => {
    const signed = signV3({ host: 'h', timestamp }, key);
    const withHeader = (value: string) => ({ ...signed, headers: { ...signed.headers, 'x-tc-content-sha256': value } });
    expect(isAccepted({ request: withHeader('UNSIGNED-PAYLOAD'), ...key })).toBe(false);
    expect(isAccepted({ request: withHeader('0'.repeat(64)), ...key })).toBe(true);
  });

  it('refuses a signed date that does not match the signed time', () => {
    const request = signV3({ host: 'h', timestamp, date: '2019-02-24' }, key);
    expect(isAccepted({ request, ...key })).toBe(false);
  });

  it('refuses a signed header that is named like a property of every object', () => {
    const request = signV3({ host: 'h', timestamp, signedHeaders: ['content-type', 'host', 'constructor'] }, key);
    expect(isAccepted({ request, ...key })).toBe(false);
  });
});

describe('signature v1', () => {
  const parameters = {
    Action: 'DescribeImages',
    Version: '2017-03-12',
    SecretId: key.keyId,
    Timestamp: String(timestamp),
    Nonce: '1',
    ImageName: 'a b&c=d/é',
  };
  const form = (host: string) => signV1(parameters, { method: 'POST', host, path: '/', secret: key.secret });
  const request = (body: string): WireRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: { host: '127.0.0.1:3000', 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(body),
  });

  it('accepts a form, with or without the port in the host', () => {
    expect(isAccepted({ request: request(form('127.0.0.1:3000')), ...key })).toBe(true);
    expect(isAccepted({ request: request(form('127.0.0.1')), ...key })).toBe(true);
  });

  it('covers a repeated parameter in the order in which it is sent', () => {
    const names = [...Object.keys(parameters), 'Tag'].sort();
    const values = { ...parameters, Tag: 'a&Tag=b' };
    const text = `POSTh/?${names.map((name) => `${name}=${values[name as keyof typeof values]}`).join('&')}`;
    const Signature = createHmac('sha1', key.secret).update(text).digest('base64');
    const isAcceptedWith = (...tags: string[]) => {
      const body = new URLSearchParams({ ...parameters, Signature });
      tags.forEach((tag) => {
        body.append('Tag', tag);
      });
      const sent = request(body.toString());
      return isAccepted({ request: { ...sent, headers: { ...sent.headers, host: 'h' } }, ...key });
    };
    expect([isAcceptedWith('a', 'b'), isAcceptedWith('b', 'a')]).toEqual([true, false]);
  });

  it('returns the same nonce for a repeated request, and another nonce for another request', () => {
    const other = signV1({ ...parameters, Nonce: '2' }, { method: 'POST', host: 'h', path: '/', secret: key.secret });
    const [first, again, next] = [form('h'), form('h'), other].map((body) => read(request(body)).nonce);
    expect(first).toBe(again);
    expect(next).not.toBe(first);
  });
});
