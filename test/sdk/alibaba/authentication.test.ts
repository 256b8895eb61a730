import { updateAccessKey } from '../../../functions/update-access-key.ts';
import type { WireRequest } from '../../../lib/sdk/wire.ts';
import { noon, secondsFromNoon } from '../../support/builders.ts';
import { clients, clock, fetchInProcess, host } from '../../support/in-process.ts';
import { keyOf } from '../keys.ts';
import { type Account, freshAccount } from './accounts.ts';
import { inSeconds, manners, rpcRequest, type SignedCall, v3Request } from './signing.ts';
import { type Answered, sent as sentTo } from './wire-request.ts';

let account: Account;

beforeAll(async () => {
  account = await freshAccount(clients);
});
beforeEach(() => {
  clock.at = noon;
});

const sent = (request: WireRequest) => sentTo(request, fetchInProcess);
let nonces = 0;
const call = (parts: Partial<SignedCall> = {}): SignedCall => {
  nonces += 1;
  return {
    key: account.key,
    action: 'DescribeImages',
    parameters: { RegionId: 'cn-hangzhou' },
    date: inSeconds(noon),
    nonce: `nonce-${nonces}`,
    ...parts,
  };
};
const toldOf = ({ status, fields: { Code } }: Answered) => ({ status, Code });
const last = (text: string): string => (text.endsWith('0') ? '1' : '0');

/** The same request with its signature changed in the last bit that counts. */
const withOtherSignature = (request: WireRequest): WireRequest => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    return { ...request, headers: { ...request.headers, authorization: `${authorization.slice(0, -1)}${last(authorization)}` } };
  }
  const flip = (text: string) => text.replace(/(Signature=)(.)/, (_, name, first) => `${name}${first === 'A' ? 'B' : 'A'}`);
  return { ...request, query: flip(request.query), body: Buffer.from(flip(request.body.toString())) };
};

describe.each(manners(host))('the front door, asked in %s', (_, requestOf) => {
  beforeAll(async () => {
    account = await freshAccount(clients);
  });

  it('believes what is signed, and knows its region', async () => {
    expect(await sent(requestOf(call()))).toMatchObject({
      status: 200,
      contentType: 'application/json;charset=utf-8',
      fields: { RegionId: 'cn-hangzhou', TotalCount: 0, Images: { Image: [] } },
    });
  });

  it('refuses what is changed afterwards, or signed with another secret', async () => {
    const wrong = { status: 400, Code: 'SignatureDoesNotMatch' };
    const otherSecret = { keyId: account.key.keyId, secret: `${account.key.secret}x` };
    const moved = requestOf(call());
    const later = inSeconds(secondsFromNoon(1));
    const inTime: WireRequest = {
      ...moved,
      query: moved.query.replace('12%3A00%3A00Z', '12%3A00%3A01Z'),
      body: Buffer.from(moved.body.toString().replace('12%3A00%3A00Z', '12%3A00%3A01Z')),
      headers: { ...moved.headers, ...(moved.headers['x-acs-date'] !== undefined && { 'x-acs-date': later }) },
    };
    const elsewhere = requestOf(call());
    const inRegion: WireRequest = {
      ...elsewhere,
      query: elsewhere.query.replace('cn-hangzhou', 'cn-shanghai'),
      body: Buffer.from(elsewhere.body.toString().replace('cn-hangzhou', 'cn-shanghai')),
    };

    for (const request of [requestOf(call({ key: otherSecret })), inTime, inRegion, withOtherSignature(requestOf(call()))]) {
      expect(toldOf(await sent(request))).toEqual(wrong);
    }
  });

  it('refuses a key that it does not know and one that is disabled', async () => {
    const key = await keyOf(account.api);
    await account.api.ok(updateAccessKey, { keyId: key.keyId, state: 'disabled' });
    const notFound = { status: 404, Code: 'InvalidAccessKeyId.NotFound' };

    expect(toldOf(await sent(requestOf(call({ key }))))).toEqual({ status: 400, Code: 'InvalidAccessKeyId.Inactive' });
    expect(toldOf(await sent(requestOf(call({ key: { ...key, keyId: 'AK000000000000000000000000' } }))))).toEqual(notFound);
    expect(toldOf(await sent(requestOf(call({ key: { ...key, keyId: '!' } }))))).toEqual(notFound);
    await account.api.ok(updateAccessKey, { keyId: key.keyId, state: 'active' });
    expect(await sent(requestOf(call({ key })))).toMatchObject({ status: 200 });
  });

  it('believes a time up to 15 minutes off, and none beyond', async () => {
    const expired = { status: 400, Code: 'InvalidTimeStamp.Expired' };
    const at = (seconds: number) => sent(requestOf(call({ date: inSeconds(secondsFromNoon(seconds)) })));

    expect([(await at(-900)).status, (await at(900)).status]).toEqual([200, 200]);
    expect([toldOf(await at(-901)), toldOf(await at(901))]).toEqual([expired, expired]);
    expect(toldOf(await sent(requestOf(call({ date: '2026-11-22 12:00:00' }))))).toEqual({
      status: 400,
      Code: 'InvalidTimeStamp.Format',
    });
  });

  it('believes a nonce once while its time is believed, for each key', async () => {
    const key = await keyOf(account.api);
    const asked = call({ date: inSeconds(secondsFromNoon(900)) });
    expect(await sent(requestOf(asked))).toMatchObject({ status: 200 });

    for (const seconds of [0, 900, 1_800]) {
      clock.at = secondsFromNoon(seconds);
      expect(toldOf(await sent(requestOf(asked)))).toEqual({ status: 400, Code: 'SignatureNonceUsed' });
    }
    clock.at = secondsFromNoon(1_801);
    expect(toldOf(await sent(requestOf(asked)))).toEqual({ status: 400, Code: 'InvalidTimeStamp.Expired' });
    clock.at = noon;
    expect(await sent(requestOf({ ...asked, key }))).toMatchObject({ status: 200 });
  });

  it('believes exactly one of 20 identical requests at once', async () => {
    const request = requestOf(call());
    const answers = await Promise.all(Array.from({ length: 20 }, () => sent(request)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ fields: { Code } }) => Code === 'SignatureNonceUsed')).toHaveLength(19);
  });

  it('does not use up the nonce of a request that it does not believe', async () => {
    const request = requestOf(call());

    expect(toldOf(await sent(withOtherSignature(request)))).toMatchObject({ Code: 'SignatureDoesNotMatch' });
    expect(await sent(request)).toMatchObject({ status: 200 });
  });

  it('tells a failure as the cloud does, without the secret, the signature or the key', async () => {
    const request = requestOf(call({ key: { keyId: account.key.keyId, secret: 'another' } }));
    const { text, fields } = await sent(request);

    expect(fields).toEqual({
      RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
      HostId: host,
      Code: 'SignatureDoesNotMatch',
      Message: 'Specified signature is not matched with our calculation.',
    });
    const signature = /Signature=([^&]+)$/.exec(request.headers['authorization'] ?? '')?.[1] ?? 'another';
    for (const told of [account.key.secret, account.key.keyId, signature]) {
      expect(text).not.toContain(told);
    }
  });

  it('knows no action by another name', async () => {
    for (const action of ['StopInstance', 'constructor', '__proto__', 'describeImages']) {
      expect(toldOf(await sent(requestOf(call({ action }))))).toEqual({ status: 404, Code: 'InvalidAction.NotFound' });
    }
  });
});

describe('an RPC answer', () => {
  it.each([[{ Format: 'XML' }], [{ Format: '' }], [{ Format: 'yaml' }]])('is XML where the call states %j', async (format) => {
    const image = call({ parameters: { RegionId: 'cn-hangzhou', ...format } });
    const { status, contentType, text } = await sent(rpcRequest(image));

    expect({ status, contentType }).toEqual({ status: 200, contentType: 'text/xml;charset=utf-8' });
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?><DescribeImagesResponse><RequestId>[0-9A-F-]{36}<\/RequestId>/,
    );
  });

  it('is XML where the call states no format, for failures too', async () => {
    const { status, contentType, text } = await sent(rpcRequest({ ...call({ action: 'None' }), without: ['Format'] }));

    expect({ status, contentType }).toEqual({ status: 404, contentType: 'text/xml;charset=utf-8' });
    expect(text).toMatch(/<Error><RequestId>[0-9A-F-]{36}<\/RequestId><HostId>.*<Code>InvalidAction.NotFound<\/Code>/);
  });

  it('is JSON where the call states it in any case', async () => {
    const answer = await sent(rpcRequest(call({ parameters: { RegionId: 'cn-hangzhou', Format: 'jSoN' } })));

    expect(answer).toMatchObject({ status: 200, contentType: 'application/json;charset=utf-8' });
  });
});

describe('a request that is too large', () => {
  it('is refused in the words of the cloud', async () => {
    const request = v3Request({ ...call(), host, body: 'x'.repeat(65_537) });

    expect(toldOf(await sent(request))).toEqual({ status: 400, Code: 'InvalidParameter' });
  });
});
