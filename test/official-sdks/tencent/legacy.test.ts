import { listImageShares } from '../../../functions/list-image-shares.ts';
import { region } from '../../sdk/tencent/calls.ts';
import { signedV1 } from '../../sdk/tencent/signing.ts';
import { anImageOf } from '../../support/client.ts';
import { origin } from '../../support/service.ts';
import { endpoint } from './configuration.ts';
import { freshPrincipals, type Principal } from './cvm-client.ts';

let owner: Principal;
let recipient: Principal;
let stranger: Principal;
beforeAll(async () => {
  [owner, recipient, stranger] = (await freshPrincipals(3)) as [Principal, Principal, Principal];
});

const path = '/v2/index.php';
let nonce = 0;

/** Makes a call of API 2.0, signed by hand, and gives status and answer. */
async function call(
  { key }: Pick<Principal, 'key'>,
  Action: string,
  parameters: Readonly<Record<string, string>>,
  { method = 'GET', SignatureMethod = 'HmacSHA256' } = {},
): Promise<{ status: number; answer: unknown }> {
  nonce += 1;
  const common = {
    Action,
    SecretId: key.keyId,
    Timestamp: String(Math.floor(Date.now() / 1_000)),
    Nonce: String(nonce),
    Region: region,
    SignatureMethod,
  };
  const signed = signedV1({ ...common, ...parameters }, { method, host: endpoint(), path, secret: key.secret });
  return sent(signed, method);
}

async function sent(signed: string, method = 'GET'): Promise<{ status: number; answer: unknown }> {
  const answer = await (method === 'GET'
    ? fetch(`${origin()}${path}?${signed}`)
    : fetch(`${origin()}${path}`, {
        method,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: signed,
      }));
  return { status: answer.status, answer: await answer.json() };
}

const done = { status: 200, answer: { code: 0, message: '' } };
const refused = (code: number) => ({ status: 200, answer: { code, message: expect.stringMatching(/\S/) } });

const recipientsOf = async (imageId: string) =>
  (await owner.ok(listImageShares, { region, imageId })).shares.map((share) => share.recipient).sort();

describe('API 2.0', () => {
  test.each([
    ['GET', 'HmacSHA256'],
    ['GET', 'HmacSHA1'],
    ['POST', 'HmacSHA256'],
    ['POST', 'HmacSHA1'],
  ])('shares an image and cancels its shares by %s and %s', async (method, SignatureMethod) => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { imageId, 'uinList.0': recipient.account, 'uinList.1': stranger.account };
    expect(await call(owner, 'ShareImage', parameters, { method, SignatureMethod })).toEqual(done);
    expect(await recipientsOf(imageId)).toEqual([recipient.account, stranger.account].sort());
    expect(
      await call(owner, 'CancelShareImage', { imageId, 'uinList.0': recipient.account }, { method, SignatureMethod }),
    ).toEqual(done);
    expect(await recipientsOf(imageId)).toEqual([stranger.account]);
  });

  it('tells refusals by the numbers that all products share, and shares with none then', async () => {
    const { imageId } = await anImageOf(owner, region);
    const to = (account: string) => ({ imageId, 'uinList.0': recipient.account, 'uinList.1': account });
    expect(await call(owner, 'ShareImage', to('100999999999'))).toEqual(refused(4000));
    expect(await call(owner, 'ShareImage', to(owner.account))).toEqual(refused(4000));
    expect(await call(stranger, 'ShareImage', to(stranger.account))).toEqual(refused(5000));
    expect(await recipientsOf(imageId)).toEqual([]);
    await call(owner, 'ShareImage', { imageId, 'uinList.0': recipient.account });
    expect(await call(recipient, 'ShareImage', { imageId, 'uinList.0': stranger.account })).toEqual(refused(4102));
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['an action that it has not', 'DescribeImages', {}, 6100],
    ['no image', 'ShareImage', { 'uinList.0': '100000000002' }, 4000],
    ['an image id that is none', 'ShareImage', { imageId: 'web', 'uinList.0': '100000000002' }, 4000],
    ['no account', 'ShareImage', { imageId: 'img-apatyoed' }, 4000],
    ['a parameter that is not known', 'ShareImage', { imageId: 'img-apatyoed', 'uinList.0': '1', colour: 'red' }, 4000],
    ['a region of another cloud', 'ShareImage', { imageId: 'img-apatyoed', 'uinList.0': '1', Region: 'cn-hangzhou' }, 4000],
    [
      'more accounts than an image may have',
      'ShareImage',
      { imageId: 'img-apatyoed', ...Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`uinList.${at}`, `${at}`])) },
      4000,
    ],
  ])('refuses %s', async (_, action, parameters, code) => {
    expect(await call(owner, action, parameters)).toEqual(refused(code));
  });

  it('refuses a key that is unknown, and a signature by another secret', async () => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { imageId, 'uinList.0': recipient.account };
    const unknown = { key: { ...owner.key, keyId: 'AK000000000000000000000000' } };
    const wrong = { key: { ...owner.key, secret: recipient.key.secret } };
    expect(await call(unknown, 'ShareImage', parameters)).toEqual(refused(4104));
    expect(await call(wrong, 'ShareImage', parameters)).toEqual(refused(4100));
    expect(await recipientsOf(imageId)).toEqual([]);
  });

  it('refuses the same request a second time', async () => {
    const { imageId } = await anImageOf(owner, region);
    const signed = signedV1(
      {
        Action: 'ShareImage',
        SecretId: owner.key.keyId,
        Timestamp: String(Math.floor(Date.now() / 1_000)),
        Nonce: '4711',
        Region: region,
        imageId,
        'uinList.0': recipient.account,
      },
      { method: 'GET', host: endpoint(), path, secret: owner.key.secret },
    );
    expect(await sent(signed)).toEqual(done);
    expect(await sent(signed)).toEqual(refused(4500));
  });

  it('refuses a request that is not signed at all', async () => {
    expect(await sent(`Action=ShareImage&imageId=img-apatyoed&SecretId=${owner.key.keyId}`)).toEqual(refused(4000));
  });

  it('answers a product there by its version, in the envelope of API 3.0', async () => {
    const { imageId } = await anImageOf(owner, region);
    const parameters = { Version: '2017-03-12', ImageId: imageId, 'AccountIds.1': recipient.account, Permission: 'SHARE' };
    expect(await call(owner, 'ModifyImageSharePermission', parameters)).toEqual({
      status: 200,
      answer: { Response: { RequestId: expect.any(String) } },
    });
    expect(await recipientsOf(imageId)).toEqual([recipient.account]);
  });
});
