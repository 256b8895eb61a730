import { updateAccessKey } from '../../../functions/update-access-key.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noon, secondsFromNoon } from '../../support/builders.ts';
import { anImageOf } from '../../support/client.ts';
import { clients, clock, fetchInProcess, host } from '../../support/in-process.ts';
import { keyOf } from '../keys.ts';
import { type Account, freshAccount } from './accounts.ts';
import { inSeconds, manners, rpcRequest, type SignedCall, stringToSignOf, v3Request } from './signing.ts';
import { type ParsedResponse, sent as sendTo } from './wire-request.ts';

let account: Account;

beforeAll(async () => {
  account = await freshAccount(clients);
});
beforeEach(() => {
  clock.at = noon;
});

const send = (request: WireRequest) => sendTo(request, fetchInProcess);
let nonceCount = 0;
const call = (parts: Partial<SignedCall> = {}): SignedCall => {
  nonceCount += 1;
  return {
    key: account.key,
    action: 'DescribeImages',
    parameters: { RegionId: 'cn-hangzhou' },
    date: inSeconds(noon),
    nonce: `nonce-${nonceCount}`,
    ...parts,
  };
};
const errorOf = ({ status, fields: { Code } }: ParsedResponse) => ({ status, Code });
const otherLastDigit = (text: string): string => (text.endsWith('0') ? '1' : '0');

/** Changes one significant character of the signature. */
const withWrongSignature = (request: WireRequest): WireRequest => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const changed = `${authorization.slice(0, -1)}${otherLastDigit(authorization)}`;
    return { ...request, headers: { ...request.headers, authorization: changed } };
  }
  const flip = (text: string) => text.replace(/(Signature=)(.)/, (_, name, first) => `${name}${first === 'A' ? 'B' : 'A'}`);
  return { ...request, query: flip(request.query), body: Buffer.from(flip(request.body.toString())) };
};

describe.each(manners(host))('authentication in %s', (_, requestOf) => {
  beforeAll(async () => {
    account = await freshAccount(clients);
  });

  it('accepts a signed request and uses its region', async () => {
    expect(await send(requestOf(call()))).toMatchObject({
      status: 200,
      contentType: 'application/json;charset=utf-8',
      fields: { RegionId: 'cn-hangzhou', TotalCount: 0, Images: { Image: [] } },
    });
  });

  it('refuses a request that was changed after signing or signed with another secret', async () => {
    const wrong = { status: 400, Code: 'SignatureDoesNotMatch' };
    const otherSecret = { keyId: account.key.keyId, secret: `${account.key.secret}x` };
    const original = requestOf(call());
    const later = inSeconds(secondsFromNoon(1));
    const withOtherTime: WireRequest = {
      ...original,
      query: original.query.replace('12%3A00%3A00Z', '12%3A00%3A01Z'),
      body: Buffer.from(original.body.toString().replace('12%3A00%3A00Z', '12%3A00%3A01Z')),
      headers: { ...original.headers, ...(original.headers['x-acs-date'] !== undefined && { 'x-acs-date': later }) },
    };
    const withOtherRegion: WireRequest = {
      ...original,
      query: original.query.replace('cn-hangzhou', 'cn-shanghai'),
      body: Buffer.from(original.body.toString().replace('cn-hangzhou', 'cn-shanghai')),
    };

    const signedWithOtherSecret = requestOf(call({ key: otherSecret }));
    for (const request of [signedWithOtherSecret, withOtherTime, withOtherRegion, withWrongSignature(original)]) {
      expect(errorOf(await send(request))).toEqual(wrong);
    }
  });

  it('refuses an unknown key and a disabled key', async () => {
    const key = await keyOf(account.api);
    await account.api.ok(updateAccessKey, { keyId: key.keyId, state: 'disabled' });
    const notFound = { status: 404, Code: 'InvalidAccessKeyId.NotFound' };

    expect(errorOf(await send(requestOf(call({ key }))))).toEqual({ status: 403, Code: 'Forbidden.AccessKeyDisabled' });
    expect(errorOf(await send(requestOf(call({ key: { ...key, keyId: 'AK000000000000000000000000' } }))))).toEqual(notFound);
    expect(errorOf(await send(requestOf(call({ key: { ...key, keyId: '!' } }))))).toEqual(notFound);
    await account.api.ok(updateAccessKey, { keyId: key.keyId, state: 'active' });
    expect(await send(requestOf(call({ key })))).toMatchObject({ status: 200 });
  });

  it('accepts a time that is up to 15 minutes off', async () => {
    const expired = { status: 400, Code: 'InvalidTimeStamp.Expired' };
    const sendAt = (seconds: number) => send(requestOf(call({ date: inSeconds(secondsFromNoon(seconds)) })));

    expect([(await sendAt(-900)).status, (await sendAt(900)).status]).toEqual([200, 200]);
    expect([errorOf(await sendAt(-901)), errorOf(await sendAt(901))]).toEqual([expired, expired]);
    for (const date of ['2026-11-22T12:00:00.123Z', '2026-11-22T12:00:00.123456+00:00']) {
      expect(await send(requestOf(call({ date })))).toMatchObject({ status: 200 });
    }
    expect(errorOf(await send(requestOf(call({ date: '2026-11-22 12:00:00' }))))).toEqual({
      status: 400,
      Code: 'InvalidTimeStamp.Format',
    });
  });

  it('accepts a nonce for one request per key, for as long as it accepts the time', async () => {
    const key = await keyOf(account.api);
    const signedCall = call({ date: inSeconds(secondsFromNoon(900)) });
    const otherCall = { ...signedCall, parameters: { RegionId: 'cn-shanghai' } };
    expect(await send(requestOf(signedCall))).toMatchObject({ status: 200 });

    for (const seconds of [0, 900, 1_800]) {
      clock.at = secondsFromNoon(seconds);
      expect(errorOf(await send(requestOf(otherCall)))).toEqual({ status: 400, Code: 'SignatureNonceUsed' });
      expect(await send(requestOf(signedCall))).toMatchObject({ status: 200 });
    }
    clock.at = secondsFromNoon(1_801);
    expect(errorOf(await send(requestOf(signedCall)))).toEqual({ status: 400, Code: 'InvalidTimeStamp.Expired' });
    clock.at = noon;
    expect(await send(requestOf({ ...otherCall, key }))).toMatchObject({ status: 200 });
  });

  it('gives 20 identical concurrent requests one effect and one response', async () => {
    const { imageId } = await anImageOf(account.api, 'cn-hangzhou');
    const request = requestOf(call({ action: 'DeleteImage', parameters: { RegionId: 'cn-hangzhou', ImageId: imageId } }));
    const responses = await Promise.all(Array.from({ length: 20 }, () => send(request)));

    expect(new Set(responses.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(responses[0]).toMatchObject({ status: 200 });
  });

  it('does not use up the nonce of a request with a wrong signature', async () => {
    const request = requestOf(call());

    expect(errorOf(await send(withWrongSignature(request)))).toMatchObject({ Code: 'SignatureDoesNotMatch' });
    expect(await send(request)).toMatchObject({ status: 200 });
  });

  it('ends the error for a wrong signature with the string to sign, without the secret or the signature', async () => {
    const request = requestOf(call({ key: { keyId: account.key.keyId, secret: 'another' } }));
    const { text, fields } = await send(request);

    expect(fields).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      HostId: host,
      Code: 'SignatureDoesNotMatch',
      Message: `Specified signature is not matched with our calculation. server string to sign is:${stringToSignOf(request)}`,
    });
    const signature = /Signature=([^&]+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? 'another';
    for (const secret of [account.key.secret, signature]) {
      expect(text).not.toContain(secret);
    }
  });

  it('refuses an unknown action', async () => {
    for (const action of ['CreateSnapshot', 'constructor', '__proto__', 'describeImages']) {
      expect(errorOf(await send(requestOf(call({ action }))))).toEqual({ status: 404, Code: 'InvalidAction.NotFound' });
    }
  });
});

describe('an RPC response', () => {
  it.each([[{ Format: 'XML' }], [{ Format: '' }], [{ Format: 'yaml' }]])('is XML with %j', async (format) => {
    const request = rpcRequest(call({ parameters: { RegionId: 'cn-hangzhou', ...format } }));
    const { status, contentType, text } = await send(request);

    expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/xml;charset=utf-8' });
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><DescribeImagesResponse><RequestId>[0-9A-F-]{36}<\/RequestId>/,
    );
  });

  it('is XML without a format, for errors too', async () => {
    const { status, contentType, text } = await send(rpcRequest({ ...call({ action: 'None' }), without: ['Format'] }));

    expect({ status, contentType }).toEqual({ status: 404, contentType: 'text/xml;charset=utf-8' });
    expect(text).toMatch(/<Error><RequestId>[0-9A-F-]{36}<\/RequestId><HostId>.*<Code>InvalidAction.NotFound<\/Code>/);
  });

  it('is JSON if the format says so in any case', async () => {
    const response = await send(rpcRequest(call({ parameters: { RegionId: 'cn-hangzhou', Format: 'jSoN' } })));

    expect(response).toMatchObject({ status: 200, contentType: 'application/json;charset=utf-8' });
  });
});

describe('a request that is too large', () => {
  it('is refused with an error of the cloud', async () => {
    const request = v3Request({ ...call(), host, body: 'x'.repeat(65_537) });

    expect(errorOf(await send(request))).toEqual({ status: 400, Code: 'InvalidParameter' });
  });
});
