import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { signedV1, signedV3 } from './signing.ts';

/** A published signature: the request that carries it, and the secret that made it. */
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
 * Sources: https://cloud.tencent.com/document/api/306/57449 (signature v3, earlier and later version of the page),
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
const ofV3 = published.filter(([name]) => name.startsWith('v3'));
const ofV1 = published.filter(([name]) => name.startsWith('v1'));

const read = (request: WireRequest) => tencentProtocol.dialectOf(request).read(request);
const isBelieved = ({ request, secret }: Vector): boolean => read(request).isSignedWith(secret);

/** The text with the lowest bit of one character turned. */
const turned = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

const withHeader = ({ request, secret }: Vector, name: string, change: (value: string) => string): Vector => ({
  request: { ...request, headers: { ...request.headers, [name]: change(request.headers[name] ?? '') } },
  secret,
});

const withParameter = ({ request, secret }: Vector, name: string, change: (value: string) => string): Vector => {
  const parameters = new URLSearchParams(request.query);
  parameters.set(name, change(parameters.get(name) ?? ''));
  return { request: { ...request, query: parameters.toString() }, secret };
};

describe('signatures as the cloud publishes them', () => {
  test.each(published)('believes %s', (_, vector) => {
    expect(isBelieved(vector)).toBe(true);
  });

  test.each(published)('reads who signs, when and for what: %s', (_, { request }) => {
    const { keyId, action, region, signedAt } = read(request);
    expect({ action, region }).toEqual({ action: 'DescribeInstances', region: 'ap-guangzhou' });
    expect(keyId).toMatch(/^AKID/);
    expect([1_551_113_065_000, 1_465_185_768_000]).toContain(signedAt?.getTime());
  });

  test.each(published)('does not believe another secret by one bit: %s', (_, { request, secret }) => {
    expect(isBelieved({ request, secret: turned(secret, secret.length - 1) })).toBe(false);
  });

  test.each(ofV3)('does not believe a body that is another by one bit: %s', (_, { request, secret }) => {
    const body = Buffer.from(request.body);
    body.writeUInt8(body.readUInt8(10) ^ 1, 10);
    expect(isBelieved({ request: { ...request, body }, secret })).toBe(false);
  });

  test.each(ofV3)('does not believe a signature that is another by one bit: %s', (_, vector) => {
    const changed = withHeader(vector, 'authorization', (value) => turned(value, value.length - 1));
    expect(isBelieved(changed)).toBe(false);
  });

  test.each(ofV3)('does not believe another day, with the signature or without it: %s', (_, vector) => {
    expect(isBelieved(withHeader(vector, 'authorization', (value) => value.replace('2019-02-25', '2019-02-24')))).toBe(false);
  });

  test.each(ofV3)('does not believe another time: %s', (_, vector) => {
    expect(isBelieved(withHeader(vector, 'x-tc-timestamp', () => '1551113064'))).toBe(false);
  });

  test.each(ofV3)('does not believe another host: %s', (_, vector) => {
    expect(isBelieved(withHeader(vector, 'host', (value) => turned(value, 0)))).toBe(false);
  });

  test.each(ofV1)('does not believe one that is another by one bit: %s', (_, vector) => {
    expect(isBelieved(withParameter(vector, 'Signature', (value) => turned(value, 3)))).toBe(false);
  });

  test.each(ofV1)('does not believe another parameter, time or nonce: %s', (_, vector) => {
    for (const name of ['InstanceIds.0', 'Timestamp', 'Nonce', 'Region', 'Action']) {
      expect([name, isBelieved(withParameter(vector, name, (value) => turned(value, value.length - 1)))]).toEqual([name, false]);
    }
  });

  test.each(ofV1)('does not believe another parameter beside those signed: %s', (_, vector) => {
    expect(isBelieved(withParameter(vector, 'Limit2', () => '5'))).toBe(false);
  });

  test.each(ofV1)('does not believe another host: %s', (_, vector) => {
    expect(isBelieved(withHeader(vector, 'host', (value) => turned(value, 0)))).toBe(false);
  });
});

const key = { keyId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE', secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE' };
const timestamp = 1_551_113_065;

describe('signature v3', () => {
  it('believes a host that was signed with its port and one that was signed without it', () => {
    const withPort = signedV3({ host: '127.0.0.1:3000', timestamp }, key);
    const withoutPort = signedV3({ host: '127.0.0.1', timestamp }, key);
    const received = { ...withoutPort, headers: { ...withoutPort.headers, host: '127.0.0.1:3000' } };
    expect([isBelieved({ request: withPort, ...key }), isBelieved({ request: received, ...key })]).toEqual([true, true]);
  });

  it('takes the service from the scope, whatever a client calls it', () => {
    for (const service of ['127', 'localhost:3000', 'lighthouse']) {
      expect(isBelieved({ request: signedV3({ host: 'localhost:3000', timestamp, service }, key), ...key })).toBe(true);
    }
  });

  it('believes a query as it was sent, in whatever order', () => {
    const request = signedV3({ method: 'GET', host: 'h', timestamp, query: 'Limit=5&Filters.0.Name=image-type' }, key);
    expect(isBelieved({ request, ...key })).toBe(true);
    expect(isBelieved({ request: { ...request, query: 'Filters.0.Name=image-type&Limit=5' }, ...key })).toBe(false);
  });

  it.each([
    ['as SDKs for Node write it', "a%20b!'()*~%2F%C3%A9"],
    ['as those for Go and Python do', 'a+b%21%27%28%29%2A~%2F%C3%A9'],
  ])('believes a query in the encoding of a gateway: %s', (_, value) => {
    const request = signedV3({ method: 'GET', host: 'h', timestamp, query: `ImageName=${value}&Limit=5` }, key);
    const handedOver = { ...request, query: new URLSearchParams(request.query).toString() };
    expect(handedOver.query).not.toBe(request.query);
    expect(isBelieved({ request: handedOver, ...key })).toBe(true);
    expect(isBelieved({ request: { ...handedOver, query: `${handedOver.query}1` }, ...key })).toBe(false);
  });

  it('believes a content type in lower case where it was sent otherwise, as the documents say', () => {
    const request = signedV3({ host: 'h', timestamp, contentType: 'application/json; charset=utf-8' }, key);
    const sent = { ...request, headers: { ...request.headers, 'content-type': 'application/json; charset=UTF-8' } };
    expect(isBelieved({ request: sent, ...key })).toBe(true);
  });

  it('believes no day that is not the day of its time, though it is signed so', () => {
    const request = signedV3({ host: 'h', timestamp, date: '2019-02-24' }, key);
    expect(isBelieved({ request, ...key })).toBe(false);
  });

  it('gives a name that is no header nothing to sign', () => {
    const request = signedV3({ host: 'h', timestamp, signedHeaders: ['content-type', 'host', 'constructor'] }, key);
    expect(isBelieved({ request, ...key })).toBe(false);
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
  const form = (host: string) => signedV1(parameters, { method: 'POST', host, path: '/', secret: key.secret });
  const request = (body: string): WireRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: { host: '127.0.0.1:3000', 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(body),
  });

  it('believes a form, with the port in the host and without it', () => {
    expect(isBelieved({ request: request(form('127.0.0.1:3000')), ...key })).toBe(true);
    expect(isBelieved({ request: request(form('127.0.0.1')), ...key })).toBe(true);
  });

  it('gives a repeated request the same nonce, and another one another', () => {
    const other = signedV1({ ...parameters, Nonce: '2' }, { method: 'POST', host: 'h', path: '/', secret: key.secret });
    const [first, again, next] = [form('h'), form('h'), other].map((body) => read(request(body)).nonce);
    expect(first).toBe(again);
    expect(next).not.toBe(first);
  });
});
