import { listImages } from '../../../functions/list-images.ts';
import { updateAccessKey } from '../../../functions/update-access-key.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noonSeconds } from '../../support/builders.ts';
import { anImageOf, type Member } from '../../support/client.ts';
import { freshMember, host } from '../../support/in-process.ts';
import { type Key, keyOf } from '../keys.ts';
import { newImage, region } from './calls.ts';
import { signedV1, type Unsigned } from './signing.ts';
import { request as requestNow, sent } from './wire-request.ts';

let principal: Member & { readonly key: Key };
beforeAll(async () => {
  const member = await freshMember();
  principal = Object.assign(member, { key: await keyOf(member) });
});

const timestamp = noonSeconds;
const body = JSON.stringify({ ...newImage, ImageName: 'by hand' });

const request = (change: Partial<Unsigned> = {}, key = principal.key): WireRequest =>
  requestNow({ action: 'ImportImage', body, ...change }, key);

const refused = (Code: string) => ({
  status: 200,
  body: { Response: { Error: { Code, Message: expect.stringMatching(/\S/) }, RequestId: expect.any(String) } },
});

const imagesMade = async () => (await principal.ok(listImages, { region, limit: 100 })).images.length;

/** Turns the lowest bit of the character that comes after the text. */
const turnedAfter = (text: string, start: string): string => {
  const at = text.indexOf(start) + start.length;
  return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
};

const withHeader = (signed: WireRequest, name: string, change: (value: string) => string): WireRequest => ({
  ...signed,
  headers: { ...signed.headers, [name]: change(signed.headers[name] ?? '') },
});

describe('the door for signature v3', () => {
  it('lets in what is signed now', async () => {
    expect(await sent(request())).toEqual({
      status: 200,
      body: { Response: { ImageId: expect.stringMatching(/^img-/), RequestId: expect.any(String) } },
    });
  });

  test.each<[string, (signed: WireRequest) => WireRequest]>([
    ['body', (signed) => ({ ...signed, body: Buffer.from(turnedAfter(body, '"by han')) })],
    ['day', (signed) => withHeader(signed, 'authorization', (value) => turnedAfter(value, `${principal.key.keyId}/202`))],
    ['signature', (signed) => withHeader(signed, 'authorization', (value) => turnedAfter(value, 'Signature='))],
    ['time', (signed) => withHeader(signed, 'x-tc-timestamp', (value) => String(Number(value) ^ 1))],
    ['content type', (signed) => withHeader(signed, 'content-type', (value) => turnedAfter(value, 'application/jso'))],
  ])('refuses another %s by one bit with AuthFailure.SignatureFailure, and does nothing', async (_, change) => {
    const before = await imagesMade();
    expect(await sent(change(request()))).toEqual(refused('AuthFailure.SignatureFailure'));
    expect(await imagesMade()).toBe(before);
  });

  it('refuses another secret by one bit with AuthFailure.SignatureFailure', async () => {
    const { keyId, secret } = principal.key;
    expect(await sent(request({}, { keyId, secret: turnedAfter(secret, secret.slice(0, 5)) }))).toEqual(
      refused('AuthFailure.SignatureFailure'),
    );
  });

  it('refuses another key id by one bit with AuthFailure.SecretIdNotFound', async () => {
    const { keyId, secret } = principal.key;
    expect(await sent(request({}, { keyId: turnedAfter(keyId, keyId.slice(0, 5)), secret }))).toEqual(
      refused('AuthFailure.SecretIdNotFound'),
    );
  });

  it('refuses a key id that no key can have with AuthFailure.SecretIdNotFound', async () => {
    expect(await sent(request({}, { keyId: `AK${'x'.repeat(500)}`, secret: 's' }))).toEqual(
      refused('AuthFailure.SecretIdNotFound'),
    );
  });

  it('lets in a clock that is five minutes off, and refuses one that is more with AuthFailure.SignatureExpire', async () => {
    for (const seconds of [-300, 300]) {
      expect((await sent(request({ timestamp: timestamp + seconds }))).body.Response.Error).toBeUndefined();
    }
    for (const seconds of [-301, 301, 10_000_000]) {
      expect(await sent(request({ timestamp: timestamp + seconds }))).toEqual(refused('AuthFailure.SignatureExpire'));
    }
  });

  it('refuses a key that is disabled with AuthFailure.SecretIdNotFound, until it is made active again', async () => {
    const key = await keyOf(principal);
    await principal.ok(updateAccessKey, { keyId: key.keyId, state: 'disabled' });
    expect(await sent(request({}, key))).toEqual(refused('AuthFailure.SecretIdNotFound'));
    await principal.ok(updateAccessKey, { keyId: key.keyId, state: 'active' });
    expect((await sent(request({}, key))).body.Response.Error).toBeUndefined();
  });

  it('repeats neither signature nor secret in an answer', async () => {
    const signed = withHeader(request(), 'authorization', (value) => turnedAfter(value, 'Signature='));
    const text = JSON.stringify((await sent(signed)).body);
    expect(text).not.toContain(principal.key.secret);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe('the door for signature v1', () => {
  const parameters = (change: Readonly<Record<string, string>> = {}) => ({
    Action: 'DescribeImages',
    Version: '2017-03-12',
    Region: region,
    SecretId: principal.key.keyId,
    Timestamp: String(timestamp),
    Nonce: '1',
    SignatureMethod: 'HmacSHA256',
    ...change,
  });
  const form = (change: Readonly<Record<string, string>> = {}, secret = principal.key.secret): WireRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(signedV1(parameters(change), { method: 'POST', host, path: '/', secret })),
  });
  const edited = (signed: WireRequest, name: string, value: string): WireRequest => {
    const changed = new URLSearchParams(signed.body.toString());
    changed.set(name, value);
    return { ...signed, body: Buffer.from(changed.toString()) };
  };

  it('lets in what is signed now, and the same request no second time', async () => {
    const signed = form({ Nonce: '2' });
    expect((await sent(signed)).body.Response.Error).toBeUndefined();
    expect(await sent(signed)).toEqual(refused('AuthFailure.SignatureFailure'));
    expect((await sent(form({ Nonce: '3' }))).body.Response.Error).toBeUndefined();
  });

  it('lets in another request with the same nonce: SDKs draw it from few numbers', async () => {
    expect((await sent(form({ Nonce: '4', Limit: '1' }))).body.Response.Error).toBeUndefined();
    expect((await sent(form({ Nonce: '4', Limit: '2' }))).body.Response.Error).toBeUndefined();
  });

  test.each([
    ['Action', 'ImportImage'],
    ['Region', 'ap-shanghai'],
    ['Timestamp', String(timestamp ^ 1)],
    ['Nonce', '9'],
    ['SignatureMethod', 'HmacSHA1'],
    ['Signature', 'EliP9YW3pW28FpsEdkXt/+WcGeI='],
  ])('refuses another %s with AuthFailure.SignatureFailure', async (name, value) => {
    expect(await sent(edited(form({ Nonce: '5' }), name, value))).toEqual(refused('AuthFailure.SignatureFailure'));
  });

  it('refuses another secret, a stale clock and an unknown key', async () => {
    expect(await sent(form({ Nonce: '6' }, `${principal.key.secret}x`))).toEqual(refused('AuthFailure.SignatureFailure'));
    expect(await sent(form({ Nonce: '6', Timestamp: String(timestamp - 301) }))).toEqual(refused('AuthFailure.SignatureExpire'));
    expect(await sent(form({ Nonce: '6', SecretId: 'AK000000000000000000000000' }))).toEqual(
      refused('AuthFailure.SecretIdNotFound'),
    );
  });
});

describe('what is no call of an action', () => {
  test.each<[string, Partial<Unsigned>, string]>([
    ['an action that is not there', { action: 'DescribeZones' }, 'InvalidAction'],
    ['an action that every object has', { action: 'constructor' }, 'InvalidAction'],
    ['a version that is not spoken', { version: '2016-01-01' }, 'NoSuchVersion'],
    ['a region of another cloud', { region: 'cn-hangzhou' }, 'UnsupportedRegion'],
    ['a region that is nowhere', { region: 'Atlantis!' }, 'UnsupportedRegion'],
    ['a body that is no JSON', { body: 'ImageName=web' }, 'InvalidParameter'],
    [
      'a parameter that is not known',
      { body: JSON.stringify({ ...newImage, ImageName: 'x', Colour: 'red' }) },
      'UnknownParameter',
    ],
    ['a parameter that is missing', { body: JSON.stringify(newImage) }, 'MissingParameter'],
    [
      'a body that is too large',
      { body: JSON.stringify({ ...newImage, ImageName: 'x'.repeat(70_000) }) },
      'InvalidParameterValue',
    ],
  ])('is refused: %s', async (_, change, code) => {
    expect(await sent(request(change))).toEqual(refused(code));
  });

  it('is refused without a region with MissingParameter', async () => {
    const { headers, ...rest } = request();
    const { 'x-tc-region': _, ...others } = headers;
    expect(await sent({ ...rest, headers: others })).toEqual(refused('MissingParameter'));
  });

  it('answers what needs no region without one', async () => {
    const { headers, ...rest } = request({ action: 'DescribeRegions', body: '{}' });
    const { 'x-tc-region': _, ...others } = headers;
    expect((await sent({ ...rest, headers: others })).body.Response).toMatchObject({
      TotalCount: 2,
      RegionSet: [
        { Region: 'ap-guangzhou', RegionState: 'AVAILABLE' },
        { Region: 'ap-shanghai', RegionState: 'AVAILABLE' },
      ],
    });
  });

  it('tells images of this account alone to whoever signs for it', async () => {
    const other = await freshMember();
    const { imageId } = await anImageOf(other, region);
    const { Response } = (await sent(request({ action: 'DescribeImages', body: JSON.stringify({ ImageIds: [imageId] }) }))).body;
    expect(Response).toMatchObject({ TotalCount: 0 });
  });
});
