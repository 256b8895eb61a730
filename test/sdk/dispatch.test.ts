import * as fc from 'fast-check';
import { closeAccount } from '../../functions/close-account.ts';
import { closeProject } from '../../functions/close-project.ts';
import { deleteAccessKey } from '../../functions/delete-access-key.ts';
import { updateAccessKey } from '../../functions/update-access-key.ts';
import { bodyBytesMax } from '../../lib/model/limits.ts';
import { type Member, problemIn } from '../support/client.ts';
import { fetchInProcess, freshMember, inProcess, operator, service, withToken } from '../support/in-process.ts';
import { alibabaDriver } from './alibaba/sdk-driver.ts';
import { type Key, keyOf } from './keys.ts';
import { tencentDriver } from './tencent/sdk-driver.ts';
import { ucloudDriver } from './ucloud/sdk-driver.ts';
import { type SentRequest, send } from './wire-request.ts';

const voices = [tencentDriver, alibabaDriver, ucloudDriver];

const anyone = withToken();

describe('requests of no cloud', () => {
  it.each(['/', '/?', '/?Action=DescribeImages', '/?Signature=a&Region=b'])('GET %s leads to the console', async (path) => {
    const { status, headers } = await anyone.send('GET', path);
    expect(status).toBe(302);
    expect(headers.get('location')).toBe('/console/');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['POST', '/', undefined],
    ['POST', '/', ''],
    ['POST', '/', '{}'],
    ['POST', '/', '{"Action":"DescribeImage"}'],
    ['POST', '/', 'Action=DescribeImage'],
    ['POST', '/', '\u0000'],
    ['POST', '/', '{'],
    ['GET', '/v2/index.php', undefined],
    ['POST', '/v2/index.php', 'Action=DescribeImage'],
    ['GET', '/v2/index.php?Action=DescribeImages', undefined],
  ])('%s %s with the body %j is RouteNotFound', async (method, path, body) => {
    const answer = await anyone.send(method, path, body === undefined ? {} : { body });
    expect(problemIn(answer)).toMatchObject({ status: 404, code: 'RouteNotFound' });
  });
});

describe.each(voices)('a request of $cloud', (driver) => {
  const { listing, codeIn, codes } = driver;
  let member: Member;
  let key: Key;

  beforeAll(async () => {
    member = await freshMember();
    key = await keyOf(member);
  });

  const codeOf = async (sent: SentRequest, fetch = fetchInProcess) => codeIn(await send(sent, fetch));

  it('is answered, under an id that no cache keeps', async () => {
    const reply = await send(listing(key), fetchInProcess);
    expect(codeIn(reply)).toBeUndefined();
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is refused with one bit of the signature, the key or a parameter changed', async () => {
    expect(await codeOf(driver.misSigned(listing(key)))).toBe(codes.wrongSignature);
    const last = key.secret.charCodeAt(key.secret.length - 1);
    const secret = key.secret.slice(0, -1) + String.fromCharCode(last ^ 1);
    expect(await codeOf(listing({ ...key, secret }))).toBe(codes.wrongSignature);
    const sent = listing(key, { Marker: 'aaaa' });
    const change = (text: string) => text.replace('aaaa', 'aaac');
    const changed = { ...sent, path: change(sent.path), ...(sent.body !== undefined && { body: change(String(sent.body)) }) };
    expect(changed).not.toEqual(sent);
    expect(await codeOf(changed)).toBe(codes.wrongSignature);
  });

  it.each([
    { what: 'that nobody has', keyId: `AK${'A'.repeat(24)}` },
    { what: 'that no key can have', keyId: 'someone@example.com1296235120854146120' },
    { what: 'that is far too long', keyId: 'x'.repeat(10_000) },
    { what: 'of other characters', keyId: '密钥' },
  ])('is refused with the id of a key $what', async ({ keyId }) => {
    expect(await codeOf(listing({ ...key, keyId }))).toBe(codes.unknownKey);
  });

  it("is refused with another key's secret", async () => {
    const { secret } = await keyOf(member);
    expect(await codeOf(listing({ ...key, secret }))).toBe(codes.wrongSignature);
  });

  it('is refused while its key is disabled, from the first request on, and taken when it is active again', async () => {
    const own = await keyOf(member);
    expect(await codeOf(listing(own))).toBeUndefined();

    await member.ok(updateAccessKey, { keyId: own.keyId, state: 'disabled' });
    expect(await codeOf(listing(own))).toBe(codes.disabledKey);

    await member.ok(updateAccessKey, { keyId: own.keyId, state: 'active' });
    expect(await codeOf(listing(own))).toBeUndefined();
  });

  it('is refused once its key is deleted', async () => {
    const own = await keyOf(member);
    await member.ok(deleteAccessKey, { keyId: own.keyId });
    expect(await codeOf(listing(own))).toBe(codes.unknownKey);
  });

  it('is refused once its account is closed', async () => {
    const leaving = await freshMember();
    const own = await keyOf(leaving);
    await operator().ok(closeProject, { accountId: leaving.account, projectId: leaving.project });
    await operator().ok(closeAccount, { accountId: leaving.account });
    expect(await codeOf(listing(own))).toBe(codes.unknownKey);
  });

  it(`is refused with a body of more than ${bodyBytesMax} bytes, and taken with one of as many`, async () => {
    const sizeOf = ({ body = '' }: SentRequest) => Buffer.byteLength(body);
    const bare = listing(key, { Filler: '' });
    const filler = 'x'.repeat(bodyBytesMax - sizeOf(bare));
    const full = listing(key, { Filler: filler });

    expect(sizeOf(full)).toBe(bodyBytesMax);
    expect(await codeOf(full)).toBeUndefined();
    expect(await codeOf(listing(key, { Filler: `${filler}x` }))).toBe(codes.tooLarge);
  });

  it('is refused unread where its body is far too large, and costly to read', async () => {
    const signed = listing(key);
    const opening = signed.body === undefined || signed.body instanceof Uint8Array ? '' : signed.body;
    expect(await codeOf({ ...signed, body: `${opening}${'&a'.repeat(1_000_000)}` })).toBe(codes.tooLarge);
  });

  it('is refused with a body that is not UTF-8', async () => {
    const sent = listing(key, { Marker: 'aaaa' });
    const bytes = Buffer.from(sent.body as string);
    bytes[bytes.indexOf('aaaa')] = 0xff;
    expect(await codeOf({ ...sent, body: new Uint8Array(bytes) })).toBe(codes.notUtf8);
  });

  it('is never answered with a failure of the service, however odd it is, nor with the secret', async () => {
    await fc.assert(
      fc.asyncProperty(driver.odd(key), async (sent) => {
        const reply = await send(sent, fetchInProcess);
        expect(reply.status).toBeLessThan(500);
        expect(driver.faults).not.toContain(codeIn(reply));
        expect(reply.text).not.toContain(key.secret);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused where its protocol is switched off', async () => {
    const others = ['tencent', 'alibaba', 'ucloud'].filter((name) => name !== driver.cloud);
    expect(await codeOf(listing(key), inProcess(service, new Set(others)).fetch)).toBe(codes.switchedOff);
  });
});
