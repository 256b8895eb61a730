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

const drivers = [tencentDriver, alibabaDriver, ucloudDriver];

const anonymous = withToken();

describe('requests that are not from a cloud SDK', () => {
  it.each(['/', '/?', '/?Action=DescribeImages', '/?Signature=a&Region=b'])('redirects GET %s to the console', async (path) => {
    const { status, headers } = await anonymous.send('GET', path);
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
  ])('responds to %s %s with body %j with RouteNotFound', async (method, path, body) => {
    const response = await anonymous.send(method, path, body === undefined ? {} : { body });
    expect(problemIn(response)).toMatchObject({ status: 404, code: 'RouteNotFound' });
  });
});

describe.each(drivers)('a request of the $cloud SDK', (driver) => {
  const { listImages, errorCodeOf, codes } = driver;
  let member: Member;
  let key: Key;

  beforeAll(async () => {
    member = await freshMember();
    key = await keyOf(member);
  });

  const sendAndGetError = async (request: SentRequest, fetch = fetchInProcess) => errorCodeOf(await send(request, fetch));

  it('succeeds, with a request id and no caching', async () => {
    const reply = await send(listImages(key), fetchInProcess);
    expect(errorCodeOf(reply)).toBeUndefined();
    expect(reply.headers.get('cache-control')).toBe('no-store');
    expect(reply.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is refused if one bit of the signature, the key or a parameter is changed', async () => {
    expect(await sendAndGetError(driver.withWrongSignature(listImages(key)))).toBe(codes.wrongSignature);
    const last = key.secret.charCodeAt(key.secret.length - 1);
    const secret = key.secret.slice(0, -1) + String.fromCharCode(last ^ 1);
    expect(await sendAndGetError(listImages({ ...key, secret }))).toBe(codes.wrongSignature);
    const request = listImages(key, { Marker: 'aaaa' });
    const change = (text: string) => text.replace('aaaa', 'aaac');
    const changed = {
      ...request,
      path: change(request.path),
      ...(request.body !== undefined && { body: change(String(request.body)) }),
    };
    expect(changed).not.toEqual(request);
    expect(await sendAndGetError(changed)).toBe(codes.wrongSignature);
  });

  it.each([
    { what: 'that does not exist', keyId: `AK${'A'.repeat(24)}` },
    { what: 'with an invalid format', keyId: 'someone@example.com1296235120854146120' },
    { what: 'that is far too long', keyId: 'x'.repeat(10_000) },
    { what: 'with non-ASCII characters', keyId: '密钥' },
  ])('is refused with a key id $what', async ({ keyId }) => {
    expect(await sendAndGetError(listImages({ ...key, keyId }))).toBe(codes.unknownKey);
  });

  it("is refused with another key's secret", async () => {
    const { secret } = await keyOf(member);
    expect(await sendAndGetError(listImages({ ...key, secret }))).toBe(codes.wrongSignature);
  });

  it('is refused immediately after its key is disabled, and accepted after the key is enabled again', async () => {
    const newKey = await keyOf(member);
    expect(await sendAndGetError(listImages(newKey))).toBeUndefined();

    await member.ok(updateAccessKey, { keyId: newKey.keyId, state: 'disabled' });
    expect(await sendAndGetError(listImages(newKey))).toBe(codes.disabledKey);

    await member.ok(updateAccessKey, { keyId: newKey.keyId, state: 'active' });
    expect(await sendAndGetError(listImages(newKey))).toBeUndefined();
  });

  it('is refused once its key is deleted', async () => {
    const newKey = await keyOf(member);
    await member.ok(deleteAccessKey, { keyId: newKey.keyId });
    expect(await sendAndGetError(listImages(newKey))).toBe(codes.unknownKey);
  });

  it('is refused once its account is closed', async () => {
    const closing = await freshMember();
    const newKey = await keyOf(closing);
    await operator().ok(closeProject, { accountId: closing.account, projectId: closing.project });
    await operator().ok(closeAccount, { accountId: closing.account });
    expect(await sendAndGetError(listImages(newKey))).toBe(codes.unknownKey);
  });

  it(`is refused with a body of more than ${bodyBytesMax} bytes, and accepted with one of exactly that size`, async () => {
    const sizeOf = ({ body = '' }: SentRequest) => Buffer.byteLength(body);
    const bare = listImages(key, { Filler: '' });
    const filler = 'x'.repeat(bodyBytesMax - sizeOf(bare));
    const full = listImages(key, { Filler: filler });

    expect(sizeOf(full)).toBe(bodyBytesMax);
    expect(await sendAndGetError(full)).toBeUndefined();
    const tooLarge = await send(listImages(key, { Filler: `${filler}x` }), fetchInProcess);
    expect(errorCodeOf(tooLarge)).toBe(codes.tooLarge);
    expect(tooLarge.text).toContain('body');
  });

  it('is refused without parsing a body that is far too large', async () => {
    const signed = listImages(key);
    const prefix = signed.body === undefined || signed.body instanceof Uint8Array ? '' : signed.body;
    expect(await sendAndGetError({ ...signed, body: `${prefix}${'&a'.repeat(1_000_000)}` })).toBe(codes.tooLarge);
  });

  it('is refused with a body that is not UTF-8', async () => {
    const request = listImages(key, { Marker: 'aaaa' });
    const bytes = Buffer.from(request.body as string);
    bytes[bytes.indexOf('aaaa')] = 0xff;
    expect(await sendAndGetError({ ...request, body: new Uint8Array(bytes) })).toBe(codes.notUtf8);
  });

  it('never causes an internal error or reveals the secret, even if it is malformed', async () => {
    await fc.assert(
      fc.asyncProperty(driver.malformed(key), async (request) => {
        const reply = await send(request, fetchInProcess);
        expect(reply.status).toBeLessThan(500);
        expect(driver.internalErrorCodes).not.toContain(errorCodeOf(reply));
        expect(reply.text).not.toContain(key.secret);
      }),
      { numRuns: 200 },
    );
  });

  it('is refused if its protocol is disabled', async () => {
    const others = ['tencent', 'alibaba', 'ucloud'].filter((name) => name !== driver.cloud);
    expect(await sendAndGetError(listImages(key), inProcess(service, new Set(others)).fetch)).toBe(codes.protocolDisabled);
  });
});
