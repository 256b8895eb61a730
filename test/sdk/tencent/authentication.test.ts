import { listImages } from '../../../functions/list-images.ts';
import { listInstances } from '../../../functions/list-instances.ts';
import { updateAccessKey } from '../../../functions/update-access-key.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noonSeconds } from '../../support/builders.ts';
import { anImageOf, type Member } from '../../support/client.ts';
import { freshMember, host } from '../../support/in-process.ts';
import { type Key, keyOf } from '../keys.ts';
import { newImage, region } from './calls.ts';
import { signV1, type UnsignedRequest } from './signing.ts';
import { request as requestNow, send } from './wire-request.ts';

let caller: Member & { readonly key: Key };
beforeAll(async () => {
  const member = await freshMember();
  caller = Object.assign(member, { key: await keyOf(member) });
});

const timestamp = noonSeconds;
const body = JSON.stringify({ ...newImage, ImageName: 'by hand' });

const request = (change: Partial<UnsignedRequest> = {}, key = caller.key): WireRequest =>
  requestNow({ action: 'ImportImage', body, ...change }, key);

const errorResponse = (Code: string) => ({
  status: 200,
  body: { Response: { Error: { Code, Message: expect.stringMatching(/\S/) }, RequestId: expect.any(String) } },
});

const countImages = async () => (await caller.ok(listImages, { region, limit: 100 })).images.length;

/** Flips the lowest bit of the character after `prefix`. */
const flipAfter = (text: string, prefix: string): string => {
  const index = text.indexOf(prefix) + prefix.length;
  return text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ 1) + text.slice(index + 1);
};

const withHeader = (signed: WireRequest, name: string, change: (value: string) => string): WireRequest => ({
  ...signed,
  headers: { ...signed.headers, [name]: change(signed.headers[name] ?? '') },
});

describe('authentication with signature v3', () => {
  it('accepts a request that is signed now', async () => {
    expect(await send(request())).toEqual({
      status: 200,
      body: { Response: { ImageId: expect.stringMatching(/^img-/), RequestId: expect.any(String) } },
    });
  });

  it('accepts a request with an unsigned payload', async () => {
    expect((await send(request({ hasUnsignedPayload: true }))).body.Response).toMatchObject({
      ImageId: expect.stringMatching(/^img-/),
    });
  });

  test.each<[string, (signed: WireRequest) => WireRequest]>([
    ['body', (signed) => ({ ...signed, body: Buffer.from(flipAfter(body, '"by han')) })],
    ['day', (signed) => withHeader(signed, 'authorization', (value) => flipAfter(value, `${caller.key.keyId}/202`))],
    ['signature', (signed) => withHeader(signed, 'authorization', (value) => flipAfter(value, 'Signature='))],
    ['timestamp', (signed) => withHeader(signed, 'x-tc-timestamp', (value) => String(Number(value) ^ 1))],
    ['content type', (signed) => withHeader(signed, 'content-type', (value) => flipAfter(value, 'application/jso'))],
  ])('refuses a %s that differs in one bit with AuthFailure.SignatureFailure, and does nothing', async (_, change) => {
    const before = await countImages();
    expect(await send(change(request()))).toEqual(errorResponse('AuthFailure.SignatureFailure'));
    expect(await countImages()).toBe(before);
  });

  it('refuses a secret that differs in one bit with AuthFailure.SignatureFailure', async () => {
    const { keyId, secret } = caller.key;
    expect(await send(request({}, { keyId, secret: flipAfter(secret, secret.slice(0, 5)) }))).toEqual(
      errorResponse('AuthFailure.SignatureFailure'),
    );
  });

  it('refuses a key ID that differs in one bit with AuthFailure.SecretIdNotFound', async () => {
    const { keyId, secret } = caller.key;
    expect(await send(request({}, { keyId: flipAfter(keyId, keyId.slice(0, 5)), secret }))).toEqual(
      errorResponse('AuthFailure.SecretIdNotFound'),
    );
  });

  it('refuses an invalid key ID with AuthFailure.SecretIdNotFound', async () => {
    expect(await send(request({}, { keyId: `AK${'x'.repeat(500)}`, secret: 's' }))).toEqual(
      errorResponse('AuthFailure.SecretIdNotFound'),
    );
  });

  it('accepts a timestamp that is five minutes off, and refuses a larger difference with AuthFailure.SignatureExpire', async () => {
    for (const seconds of [-300, 300]) {
      expect((await send(request({ timestamp: timestamp + seconds }))).body.Response.Error).toBeUndefined();
    }
    for (const seconds of [-301, 301, 10_000_000]) {
      expect(await send(request({ timestamp: timestamp + seconds }))).toEqual(errorResponse('AuthFailure.SignatureExpire'));
    }
  });

  it('refuses a disabled key with AuthFailure.SecretIdNotFound, and accepts it after it is enabled again', async () => {
    const key = await keyOf(caller);
    await caller.ok(updateAccessKey, { keyId: key.keyId, state: 'disabled' });
    expect(await send(request({}, key))).toEqual(errorResponse('AuthFailure.SecretIdNotFound'));
    await caller.ok(updateAccessKey, { keyId: key.keyId, state: 'active' });
    expect((await send(request({}, key))).body.Response.Error).toBeUndefined();
  });

  it('returns neither signature nor secret in a response', async () => {
    const signed = withHeader(request(), 'authorization', (value) => flipAfter(value, 'Signature='));
    const text = JSON.stringify((await send(signed)).body);
    expect(text).not.toContain(caller.key.secret);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});

describe('authentication with signature v1', () => {
  const parameters = (change: Readonly<Record<string, string>> = {}) => ({
    Action: 'DescribeImages',
    Version: '2017-03-12',
    Region: region,
    SecretId: caller.key.keyId,
    Timestamp: String(timestamp),
    Nonce: '1',
    SignatureMethod: 'HmacSHA256',
    ...change,
  });
  const form = (change: Readonly<Record<string, string>> = {}, secret = caller.key.secret): WireRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(signV1(parameters(change), { method: 'POST', host, path: '/', secret })),
  });
  const withParameter = (signed: WireRequest, name: string, value: string): WireRequest => {
    const parameters = new URLSearchParams(signed.body.toString());
    parameters.set(name, value);
    return { ...signed, body: Buffer.from(parameters.toString()) };
  };

  it('a request that is sent again has no second effect and gets the first response', async () => {
    const { imageId } = await anImageOf(caller, region);
    const launch = form({ Nonce: '2', Action: 'RunInstances', ImageId: imageId, InstanceCount: '2' });
    const first = await send(launch);
    expect(first.body.Response).toMatchObject({ InstanceIdSet: [expect.any(String), expect.any(String)] });
    expect(await send(launch)).toEqual(first);

    const next = await send(form({ Nonce: '3', Action: 'RunInstances', ImageId: imageId, InstanceCount: '2' }));
    expect(next).not.toEqual(first);
    expect((await caller.ok(listInstances, { region, imageId })).instances).toHaveLength(4);
  });

  it('identical concurrent requests have one effect and get the same response', async () => {
    const { imageId } = await anImageOf(caller, region);
    const launch = form({ Nonce: '10', Action: 'RunInstances', ImageId: imageId });
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(launch)));
    expect(new Set(responses.map((response) => JSON.stringify(response))).size).toBe(1);
    expect((await caller.ok(listInstances, { region, imageId })).instances).toHaveLength(1);
  });

  it('returns the first response, error or success, when a request is sent again', async () => {
    const { imageId } = await anImageOf(caller, region);
    const signed = form({ Nonce: '11', Action: 'DeleteImages', 'ImageIds.0': 'img-00000000' });
    const first = await send(signed);
    expect(first).toEqual(errorResponse('InvalidImageId.NotFound'));
    expect(await send(signed)).toEqual(first);
    const deletion = form({ Nonce: '12', Action: 'DeleteImages', 'ImageIds.0': imageId });
    expect((await send(deletion)).body.Response.Error).toBeUndefined();
    expect((await send(deletion)).body.Response.Error).toBeUndefined();
  });

  it('returns current data when a list request is sent again', async () => {
    const list = form({ Nonce: '13', 'Filters.0.Name': 'image-name', 'Filters.0.Values.0': 'read-again' });
    expect((await send(list)).body.Response).toMatchObject({ TotalCount: 0 });
    await anImageOf(caller, region, { name: 'read-again' });
    expect((await send(list)).body.Response).toMatchObject({ TotalCount: 1 });
  });

  it('accepts another request with the same nonce, because SDKs choose it from a small range', async () => {
    expect((await send(form({ Nonce: '4', Limit: '1' }))).body.Response.Error).toBeUndefined();
    expect((await send(form({ Nonce: '4', Limit: '2' }))).body.Response.Error).toBeUndefined();
  });

  test.each([
    ['Action', 'ImportImage'],
    ['Region', 'ap-shanghai'],
    ['Timestamp', String(timestamp ^ 1)],
    ['Nonce', '9'],
    ['SignatureMethod', 'HmacSHA1'],
    ['Signature', 'EliP9YW3pW28FpsEdkXt/+WcGeI='],
  ])('refuses a changed %s with AuthFailure.SignatureFailure', async (name, value) => {
    expect(await send(withParameter(form({ Nonce: '5' }), name, value))).toEqual(errorResponse('AuthFailure.SignatureFailure'));
  });

  it('refuses another secret, a stale timestamp, and an unknown key', async () => {
    expect(await send(form({ Nonce: '6' }, `${caller.key.secret}x`))).toEqual(errorResponse('AuthFailure.SignatureFailure'));
    expect(await send(form({ Nonce: '6', Timestamp: String(timestamp - 301) }))).toEqual(
      errorResponse('AuthFailure.SignatureExpire'),
    );
    expect(await send(form({ Nonce: '6', SecretId: 'AK000000000000000000000000' }))).toEqual(
      errorResponse('AuthFailure.SecretIdNotFound'),
    );
  });
});

describe('a call', () => {
  test.each<[string, Partial<UnsignedRequest>, string]>([
    ['an unknown action', { action: 'StartInstances' }, 'InvalidAction'],
    ['an action named like a property of every object', { action: 'constructor' }, 'InvalidAction'],
    ['an unsupported version', { version: '2016-01-01' }, 'NoSuchVersion'],
    ['a region of another cloud', { region: 'cn-hangzhou' }, 'UnsupportedRegion'],
    ['an unknown region', { region: 'Atlantis!' }, 'UnsupportedRegion'],
    ['a body that is not JSON', { body: 'ImageName=web' }, 'InvalidParameter'],
    ['an unknown parameter', { body: JSON.stringify({ ...newImage, ImageName: 'x', Color: 'red' }) }, 'UnknownParameter'],
    ['a missing parameter', { body: JSON.stringify(newImage) }, 'MissingParameter'],
    [
      'a body that is too large',
      { body: JSON.stringify({ ...newImage, ImageName: 'x'.repeat(70_000) }) },
      'InvalidParameterValue',
    ],
  ])('is refused for %s', async (_, change, code) => {
    expect(await send(request(change))).toEqual(errorResponse(code));
  });

  it('is refused with MissingParameter if it has no region', async () => {
    const { headers, ...rest } = request();
    const { 'x-tc-region': _, ...others } = headers;
    expect(await send({ ...rest, headers: others })).toEqual(errorResponse('MissingParameter'));
  });

  it('succeeds without a region if the action needs none', async () => {
    const { headers, ...rest } = request({ action: 'DescribeRegions', body: '{}' });
    const { 'x-tc-region': _, ...others } = headers;
    expect((await send({ ...rest, headers: others })).body.Response).toMatchObject({
      TotalCount: 2,
      RegionSet: [
        { Region: 'ap-guangzhou', RegionName: 'South China (Guangzhou)', RegionState: 'AVAILABLE' },
        { Region: 'ap-shanghai', RegionName: 'East China (Shanghai)', RegionState: 'AVAILABLE' },
      ],
    });
  });

  it('is refused with an error that names what is wrong and its value', async () => {
    const messageOf = async (parts: Partial<UnsignedRequest>) => (await send(request(parts))).body.Response.Error?.Message;
    const describe = (parameters: object) => messageOf({ action: 'DescribeImages', body: JSON.stringify(parameters) });
    expect(await describe({ Limit: 101 })).toBe('The parameter Limit must be from 1 to 100, but is 101.');
    expect(await describe({ ImageIds: ['img-6pb6lrmy', 'web'] })).toMatch(
      /^The parameter ImageIds\.1 must be .*, but is "web"\.$/,
    );
    expect(await describe({ ImageIds: 'x'.repeat(5_000) })).toMatch(
      /^The parameter ImageIds must be a list, but is "x{127}\.\.\.\.$/,
    );
    expect(await describe({ Colour: 'red' })).toBe('The parameter Colour is not recognized.');
    expect(await messageOf({ action: 'StartBlueprint' })).toBe('The action StartBlueprint does not exist.');
    expect(await messageOf({ version: '2016-01-01' })).toBe('The version 2016-01-01 does not exist.');
    expect(await messageOf({ region: 'cn-hangzhou' })).toBe('The region cn-hangzhou is not supported.');
  });

  it('returns only images of the account that signed it', async () => {
    const other = await freshMember();
    const { imageId } = await anImageOf(other, region);
    const { Response } = (await send(request({ action: 'DescribeImages', body: JSON.stringify({ ImageIds: [imageId] }) }))).body;
    expect(Response).toMatchObject({ TotalCount: 0 });
  });
});
