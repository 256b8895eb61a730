import { listImageShares } from '../../../functions/list-image-shares.ts';
import { noonSeconds } from '../../support/builders.ts';
import { anImageOf } from '../../support/client.ts';
import { fetchInProcess, host } from '../../support/in-process.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';
import { signV1 } from './signing.ts';

let owner: Caller;
let recipient: Caller;
let other: Caller;
beforeAll(async () => {
  [owner, recipient, other] = await Promise.all([freshCaller(), freshCaller(), freshCaller()]);
});

const path = '/v2/index.php';
let nonce = 0;

/** Signs and sends a call of API 2.0. */
async function call(
  { key }: Pick<Caller, 'key'>,
  Action: string,
  parameters: Readonly<Record<string, string>>,
  { method = 'GET', SignatureMethod = 'HmacSHA256' } = {},
): Promise<{ status: number; body: unknown }> {
  nonce += 1;
  const common = {
    Action,
    SecretId: key.keyId,
    Timestamp: String(noonSeconds),
    Nonce: String(nonce),
    Region: region,
    SignatureMethod,
  };
  return send(signV1({ ...common, ...parameters }, { method, host, path, secret: key.secret }), method);
}

async function send(form: string, method = 'GET'): Promise<{ status: number; body: unknown }> {
  const response = await (method === 'GET'
    ? fetchInProcess(`${path}?${form}`)
    : fetchInProcess(path, {
        method,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form,
      }));
  return { status: response.status, body: await response.json() };
}

const success = { status: 200, body: { code: 0, message: '', codeDesc: 'Success' } };
const refused = (code: number) => ({
  status: 200,
  body: { code, message: expect.stringMatching(/\S/), codeDesc: expect.stringMatching(/^[A-Z]/) },
});

const recipientsOf = async (imageId: string) =>
  (await owner.ok(listImageShares, { region, imageId })).shares.map((share) => share.recipient).sort();

describe('API 2.0', () => {
  test.each([
    ['GET', 'HmacSHA256'],
    ['GET', 'HmacSHA1'],
    ['POST', 'HmacSHA256'],
    ['POST', 'HmacSHA1'],
  ])('shares an image and cancels its shares with %s and %s', async (method, SignatureMethod) => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { imageId, 'uinList.0': recipient.account, 'uinList.1': other.account };
    expect(await call(owner, 'ShareImage', parameters, { method, SignatureMethod })).toEqual(success);
    expect(await recipientsOf(imageId)).toEqual([recipient.account, other.account].sort());
    expect(
      await call(owner, 'CancelShareImage', { imageId, 'uinList.0': recipient.account }, { method, SignatureMethod }),
    ).toEqual(success);
    expect(await recipientsOf(imageId)).toEqual([other.account]);
  });

  it('reports errors with the codes that all products share, and then shares with none', async () => {
    const { imageId } = await anImageOf(owner, region);
    const sharingWith = (account: string) => ({ imageId, 'uinList.0': recipient.account, 'uinList.1': account });
    expect(await call(owner, 'ShareImage', sharingWith('100999999999'))).toEqual(refused(4000));
    expect(await call(owner, 'ShareImage', sharingWith(owner.account))).toEqual(refused(4000));
    expect(await call(other, 'ShareImage', sharingWith(other.account))).toEqual(refused(5000));
    expect(await recipientsOf(imageId)).toEqual([]);
    await call(owner, 'ShareImage', { imageId, 'uinList.0': recipient.account });
    expect(await call(recipient, 'ShareImage', { imageId, 'uinList.0': other.account })).toEqual(refused(4102));
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['an unknown action', 'DescribeImages', {}, 6100],
    ['no image', 'ShareImage', { 'uinList.0': '100000000002' }, 4000],
    ['an invalid image id', 'ShareImage', { imageId: 'web', 'uinList.0': '100000000002' }, 4000],
    ['no account', 'ShareImage', { imageId: 'img-apatyoed' }, 4000],
    ['an unknown parameter', 'ShareImage', { imageId: 'img-apatyoed', 'uinList.0': '1', color: 'red' }, 4000],
    ['a region of another cloud', 'ShareImage', { imageId: 'img-apatyoed', 'uinList.0': '1', Region: 'cn-hangzhou' }, 4000],
  ])('refuses %s', async (_, action, parameters, code) => {
    expect(await call(owner, action, parameters)).toEqual(refused(code));
  });

  it('accepts up to 50 accounts', async () => {
    const sharing = (count: number) => {
      const accounts = Array.from({ length: count }, (_, index) => [`uinList.${index}`, `${index}`] as const);
      return call(owner, 'ShareImage', { imageId: 'img-apatyoed', ...Object.fromEntries(accounts) });
    };
    expect(await sharing(50)).toEqual(refused(5000));
    expect(await sharing(51)).toMatchObject({
      body: { code: 4000, message: expect.stringMatching(/^The parameter uinList must have at most 50 entries/) },
    });
  });

  it('refuses an unknown key and a signature with another secret', async () => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { imageId, 'uinList.0': recipient.account };
    const unknown = { key: { ...owner.key, keyId: 'AK000000000000000000000000' } };
    const wrong = { key: { ...owner.key, secret: recipient.key.secret } };
    expect(await call(unknown, 'ShareImage', parameters)).toEqual(refused(4104));
    expect(await call(wrong, 'ShareImage', parameters)).toEqual(refused(4100));
    expect(await recipientsOf(imageId)).toEqual([]);
  });

  it('gives a repeated request one effect and the first response', async () => {
    const { imageId } = await anImageOf(owner, region);
    const request = signV1(
      {
        Action: 'ShareImage',
        SecretId: owner.key.keyId,
        Timestamp: String(noonSeconds),
        Nonce: '4711',
        Region: region,
        imageId,
        'uinList.0': recipient.account,
      },
      { method: 'GET', host, path, secret: owner.key.secret },
    );
    expect(await send(request)).toEqual(success);
    await call(owner, 'CancelShareImage', { imageId, 'uinList.0': recipient.account });
    expect(await send(request)).toEqual(success);
    expect(await recipientsOf(imageId)).toEqual([]);
  });

  it('refuses an unsigned request', async () => {
    expect(await send(`Action=ShareImage&imageId=img-apatyoed&SecretId=${owner.key.keyId}`)).toEqual(refused(4000));
  });

  it('responds to a call with a version in the envelope of API 3.0', async () => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { Version: '2017-03-12', ImageId: imageId, 'AccountIds.1': recipient.account, Permission: 'SHARE' };
    expect(await call(owner, 'ModifyImageSharePermission', parameters)).toEqual({
      status: 200,
      body: { Response: { RequestId: expect.any(String) } },
    });
    expect(await recipientsOf(imageId)).toEqual([recipient.account]);
  });
});
