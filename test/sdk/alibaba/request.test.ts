import { alibabaProtocol, rpcDialect, v3Dialect } from '../../../lib/sdk/alibaba/protocol.ts';
import { recognizes } from '../../../lib/sdk/alibaba/recognize.ts';
import { requestParameters } from '../../../lib/sdk/alibaba/request.ts';
import { ProviderError, type WireError, type WireRequest } from '../../../lib/sdk/wire.ts';
import { thrownBy } from '../../support/builders.ts';
import { rpcRequest, v3Request } from './signing.ts';

const call = {
  key: { keyId: 'k', secret: 's' },
  host: 'localhost',
  action: 'DescribeImages',
  date: '2026-11-22T12:00:00Z',
  nonce: 'n',
};
const v3 = v3Request(call);
const rpc = rpcRequest(call);

const errorOf = (read: () => unknown) => {
  const thrown = thrownBy(read);
  return thrown instanceof ProviderError ? thrown.error : { thrown };
};
const withHeader = (name: string, value: string | undefined): WireRequest => ({
  ...v3,
  headers: { ...v3.headers, [name]: value },
});
const withQuery = (query: string): WireRequest => ({ ...rpc, query });

describe('alibabaProtocol', () => {
  const plain: WireRequest = { method: 'GET', path: '/', query: '', headers: { host: 'h' }, body: Buffer.alloc(0) };

  it.each<[string, WireRequest, boolean]>([
    ['a V3 request', v3, true],
    ['an RPC request in the query', rpc, true],
    ['an RPC request in the form', rpcRequest({ ...call, method: 'POST' }), true],
    ['a request with an action and no signature', { ...plain, headers: { 'x-acs-action': 'DescribeImages' } }, true],
    ['a request with only a nonce', { ...plain, query: 'SignatureNonce=n' }, true],
    ['a request of the protocol for REST APIs', { ...plain, headers: { authorization: 'acs k:c2lnbmF0dXJl' } }, true],
    ['a GET without parameters', plain, false],
    ['a request of another cloud', { ...plain, headers: { 'x-tc-action': 'DescribeImages' } }, false],
    ['a form of another cloud', { ...rpcRequest({ ...call, method: 'POST' }), body: Buffer.from('PublicKey=p&Action=a') }, false],
  ])('recognizes %s: %s', (_, request, expected) => {
    expect(recognizes(request)).toBe(expected);
  });

  it('follows the signature if an older client sends the action in a header and in a parameter', () => {
    const both = { ...rpc, headers: { ...rpc.headers, 'x-acs-action': 'DeleteImage', 'x-acs-version': '2014-05-26' } };

    expect(alibabaProtocol.dialectOf(both)).toBe(rpcDialect);
    expect(rpcDialect.read(both).action).toBe('DescribeImages');
    expect(alibabaProtocol.dialectOf(v3)).toBe(v3Dialect);
    const inQuery = v3Request({ ...call, parameters: { Action: 'DeleteImage', AccessKeyId: 'x' } });
    expect(alibabaProtocol.dialectOf(inQuery)).toBe(v3Dialect);
    expect(v3Dialect.read(inQuery)).toMatchObject({ action: 'DescribeImages', keyId: 'k' });
  });
});

describe('requestParameters', () => {
  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8', [['a', '1']]],
    ['Application/X-WWW-Form-urlencoded', [['a', '1']]],
    ['x-application/x-www-form-urlencoded', []],
    [undefined, []],
  ])('takes a body of type %s as a form, if it is one', (type, expected) => {
    const request = { method: 'POST', path: '/', query: '', headers: { 'content-type': type }, body: Buffer.from('a=1') };

    expect(requestParameters(request)).toEqual(expected);
  });
});

describe('parsing a V3 request', () => {
  it('ignores spaces around the authorization', () => {
    expect(v3Dialect.read(withHeader('authorization', ` ${v3.headers['authorization']} `)).keyId).toBe('k');
  });

  it.each(['x-acs-action', 'x-acs-version', 'x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'])(
    'refuses a request without %s with MissingParameter',
    (name) => {
      const message = `The input parameter "${name}" that is mandatory for processing this request is not supplied.`;

      expect(errorOf(() => v3Dialect.read(withHeader(name, undefined)))).toEqual({
        code: 'MissingParameter',
        status: 400,
        message,
      });
      expect(errorOf(() => v3Dialect.read(withHeader(name, ' ')))).toEqual({ code: 'MissingParameter', status: 400, message });
    },
  );

  it.each([
    'host',
    'x-acs-action',
    'x-acs-version',
    'x-acs-date',
    'x-acs-signature-nonce',
    'x-acs-content-sha256',
    'x-acs-security-token',
  ])('refuses a request with an unsigned %s with IncompleteSignature', (name) => {
    const request = v3Request({ ...call, headers: { 'x-acs-security-token': 't' }, unsigned: [name] });

    expect(errorOf(() => v3Dialect.read(request))).toMatchObject({
      code: 'IncompleteSignature',
      status: 400,
      message: expect.stringContaining(`"${name}"`),
    });
  });

  it.each([
    undefined,
    '',
    'ACS3-HMAC-SHA256',
    `ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=${'0'.repeat(64)}`,
    `ACS3-HMAC-SHA256 Credential=k,SignedHeaders=,Signature=${'0'.repeat(64)}`,
    `ACS3-HMAC-SHA256 Credential=k,SignedHeaders=host,Signature=${'0'.repeat(63)}`,
  ])('refuses the authorization %p with IncompleteSignature, and does not repeat it', (authorization) => {
    const error = errorOf(() => v3Dialect.read(withHeader('authorization', authorization)));

    expect(error).toMatchObject({ code: 'IncompleteSignature', status: 400 });
    expect(JSON.stringify(error)).not.toMatch(/0{60}/);
  });

  it.each([
    ['ACS3-HMAC-SM3', 'Credential=k,SignedHeaders=host,Signature=00'],
    ['ACS3-RSA-SHA256', 'Credential=k,SignedHeaders=host,Signature=00'],
    ['acs', 'k:c2lnbmF0dXJl'],
    ['Bearer', 'token'],
  ])('refuses the signature method %s by name', (method, rest) => {
    expect(errorOf(() => v3Dialect.read(withHeader('authorization', `${method} ${rest}`)))).toEqual({
      code: 'InvalidParamater',
      status: 400,
      message: `The specified parameter "Authorization" is not valid: "${method}" is not supported. Use ACS3-HMAC-SHA256.`,
    });
  });

  it.each([
    '2026-11-22T12:00:00Z',
    '2026-11-22T12:00:00.000Z',
    '2026-11-22T12:00:00.1Z',
    '2026-11-22T12:00:00.123456789Z',
    '2026-11-22T12:00:00+00:00',
    '2026-11-22T12:00:00.123456+00:00',
  ])('accepts the time %s', (date) => {
    const at = { signedAt: new Date(date) };

    expect(v3Dialect.read(v3Request({ ...call, date }))).toMatchObject(at);
    expect(rpcDialect.read(rpcRequest({ ...call, date }))).toMatchObject(at);
    expect(at.signedAt.toISOString().slice(0, 19)).toBe('2026-11-22T12:00:00');
  });

  it.each([
    ...['2026-11-22', '2026-11-22T12:00:00', '2026-11-22T12:00Z', '2026-11-22T12:00:00.Z', '2026-11-22T12:00:00.1234567890Z'],
    ...['2026-11-22T12:00:00+08:00', '2026-11-22T12:00:00.000', '2026-02-30T12:00:00Z', '1795348800', 'x'],
  ])('refuses the time %s with InvalidTimeStamp.Format', (date) => {
    const expected = { code: 'InvalidTimeStamp.Format', status: 400 };

    expect(errorOf(() => v3Dialect.read(v3Request({ ...call, date })))).toMatchObject(expected);
    expect(errorOf(() => rpcDialect.read(rpcRequest({ ...call, date })))).toMatchObject(expected);
  });

  it('refuses another version of the API with InvalidVersion', () => {
    const expected = { code: 'InvalidVersion', status: 400, message: 'Specified parameter Version is not valid.' };

    expect(errorOf(() => v3Dialect.read(v3Request({ ...call, version: '2020-06-01' })))).toEqual(expected);
    expect(errorOf(() => rpcDialect.read(rpcRequest({ ...call, parameters: { Version: '2020-06-01' } })))).toEqual(expected);
  });

  it('refuses a nonce that is too long to store', () => {
    const expected = { code: 'InvalidParameter', status: 400, message: expect.stringMatching(/signature-?nonce/i) };
    const nonce = 'n'.repeat(129);

    expect(errorOf(() => v3Dialect.read(v3Request({ ...call, nonce })))).toMatchObject(expected);
    expect(errorOf(() => rpcDialect.read(rpcRequest({ ...call, nonce })))).toMatchObject(expected);
    expect(v3Dialect.read(v3Request({ ...call, nonce: 'n'.repeat(128) })).nonce).toHaveLength(128);
  });
});

describe('parsing an RPC request', () => {
  it.each([
    'Action',
    'Version',
    'AccessKeyId',
    'Signature',
    'SignatureMethod',
    'SignatureVersion',
    'SignatureNonce',
    'Timestamp',
  ])('refuses a request without %s with MissingParameter', (name) => {
    expect(errorOf(() => rpcDialect.read(rpcRequest({ ...call, without: [name] })))).toEqual({
      code: 'MissingParameter',
      status: 400,
      message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
    });
  });

  it.each(['BEARERTOKEN', 'PRIVATEKEY'])('refuses the signature type %s by name', (SignatureType) => {
    const request = rpcRequest({ ...call, parameters: { SignatureType }, without: ['AccessKeyId'] });

    expect(errorOf(() => rpcDialect.read(request))).toMatchObject({
      code: 'InvalidParamater',
      message: expect.stringContaining(`"SignatureType" is not valid: "${SignatureType}" is not supported`),
    });
    expect(rpcDialect.read(rpcRequest({ ...call, parameters: { SignatureType: '' } })).action).toBe('DescribeImages');
  });

  it('refuses a repeated parameter, in the query, the form or both', () => {
    const expected = { code: 'InvalidParameter', status: 400, message: expect.stringContaining('"RegionId"') };
    const form = rpcRequest({ ...call, method: 'POST', parameters: { RegionId: 'cn-hangzhou' } });

    expect(errorOf(() => rpcDialect.read(withQuery(`${rpc.query}&RegionId=a&RegionId=a`)))).toMatchObject(expected);
    expect(errorOf(() => rpcDialect.read({ ...form, query: 'RegionId=cn-hangzhou' }))).toMatchObject(expected);
  });

  it('repeats at most 64 characters of the name of a repeated parameter', () => {
    const name = 'n'.repeat(100);
    const { message } = errorOf(() => rpcDialect.read(withQuery(`${rpc.query}&${name}=1&${name}=1`))) as WireError;

    expect(message).toMatch(/"n{64}"/);
  });

  it('refuses another version of the signature by name', () => {
    const request = rpcRequest({ ...call, parameters: { SignatureVersion: '2.0' } });

    expect(errorOf(() => rpcDialect.read(request))).toMatchObject({ message: expect.stringContaining('"SignatureVersion"') });
  });

  it('refuses a form that is not UTF-8, in either protocol', () => {
    const expected = { code: 'InvalidParameter', status: 400, message: expect.stringMatching(/body.*UTF-8/) };
    const form = rpcRequest({ ...call, method: 'POST' });
    const body = Buffer.concat([form.body, Buffer.from([0x26, 0xff])]);

    expect(errorOf(() => rpcDialect.read({ ...form, body }))).toMatchObject(expected);
    expect(errorOf(() => v3Dialect.read({ ...v3, headers: { ...v3.headers, ...form.headers }, body }))).toMatchObject(expected);
  });

  it('nests numbered parameters and ignores empty ones', () => {
    const parameters = { 'AddAccount.2': 'b', 'AddAccount.1': 'a', 'Tag.1.Key': 'k', 'Tag.1.Value': '', 'SystemDisk.Size': '40' };

    const { AddAccount, Tag, SystemDisk } = rpcDialect.read(rpcRequest({ ...call, parameters })).parameters;
    expect({ AddAccount, Tag, SystemDisk }).toEqual({
      AddAccount: ['a', 'b'],
      Tag: [{ Key: 'k' }],
      SystemDisk: { Size: '40' },
    });
  });
});
