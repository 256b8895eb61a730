/** The cloud's official SDKs, pointed at the running service as docs/clouds/tencent.md says. */
import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import cvmSdk from 'tencentcloud-sdk-nodejs-cvm';
import intl from 'tencentcloud-sdk-nodejs-intl-en';
import { freshMembers } from '../../support/api.ts';
import { freshId, inBatches, type Member } from '../../support/client.ts';
import { origin } from '../../support/service.ts';
import { type Key, keyOf } from '../keys.ts';

// These SDKs take the proxy even for this machine, whatever no_proxy says.
delete process.env['http_proxy'];

/** Calls an action as an account, and gives what the SDK gives. */
export type Call = (action: string, parameters?: object) => Promise<unknown>;

export const region = 'ap-guangzhou';

/** Without the protocol, as SDKs want it. */
export const endpoint = (): string => new URL(origin()).host;

/** An account with a key of its own. */
export interface Holder extends Member {
  readonly key: Key;
  /** Calls CVM with it. */
  readonly cvm: Call;
}

export async function freshHolders(count: number): Promise<Holder[]> {
  const holders: Holder[] = [];
  await inBatches(await freshMembers(count), async (member) => {
    const key = await keyOf(member);
    holders.push(Object.assign(member, { key, cvm: cvmCalls(key) }));
  });
  return holders;
}

interface Manner {
  readonly signMethod?: 'TC3-HMAC-SHA256' | 'HmacSHA256' | 'HmacSHA1';
  readonly reqMethod?: 'GET' | 'POST';
  readonly region?: string;
}

const configurationOf = ({ keyId, secret }: Key, { region: inRegion = region, signMethod, reqMethod }: Manner) => ({
  credential: { secretId: keyId, secretKey: secret },
  region: inRegion,
  profile: {
    ...(signMethod !== undefined && { signMethod }),
    httpProfile: { endpoint: endpoint(), protocol: 'http://', ...(reqMethod !== undefined && { reqMethod }) },
  },
});

/** By tencentcloud-sdk-nodejs-cvm. */
export function cvmCalls(key: Key, manner: Manner = {}): Call {
  const client = new cvmSdk.cvm.v20170312.Client(configurationOf(key, manner));
  return async (action, parameters = {}) => {
    const method = client[action as 'DescribeImages'];
    return typeof method === 'function' ? method.call(client, parameters) : client.request(action, parameters);
  };
}

/** Lighthouse by the CommonClient of tencentcloud-sdk-nodejs-common. */
export function lighthouseCalls(key: Key, manner: Manner = {}): Call {
  const client = new CommonClient('lighthouse.tencentcloudapi.com', '2020-03-24', configurationOf(key, manner));
  return async (action, parameters = {}) => client.request(action, parameters);
}

/** By tencentcloud-sdk-nodejs-intl-en, which signs with HmacSHA256 unless it is told otherwise. */
export function intlCalls({ keyId, secret }: Key, { signMethod, region: inRegion = region }: Manner = {}): Call {
  const { Credential, HttpProfile, ClientProfile } = intl.common;
  const http = new HttpProfile();
  http.endpoint = endpoint();
  http.protocol = 'http://';
  const profile = new ClientProfile();
  profile.httpProfile = http;
  profile.signMethod = signMethod ?? profile.signMethod;
  const { Client, Models } = intl.cvm.v20170312;
  const client = new Client(new Credential(keyId, secret), inRegion, profile);
  return (action, parameters = {}) =>
    new Promise((resolve, reject) => {
      const Request = Models[`${action}Request`];
      const method = client[action];
      if (Request === undefined || method === undefined) {
        throw new Error(`The SDK has no ${action}`);
      }
      const request = new Request();
      request.from_json_string(JSON.stringify(parameters));
      method.call(client, request, (failure, answer) => (failure === null ? resolve(answer) : reject(failure)));
    });
}

/** What a user of an SDK catches: the exception's class and code. Throws where there is none. */
export async function caught(
  call: Promise<unknown>,
): Promise<{ class: string; code: unknown; message: string; requestId: unknown }> {
  try {
    await call;
  } catch (failure) {
    const exception = failure as Error & { code?: unknown; requestId?: unknown };
    const { message, code, requestId } = exception;
    return { class: exception.constructor.name, code, message, requestId };
  }
  throw new Error('The call was not refused.');
}

/** The exception of all SDKs for Node. */
export const exceptionWith = (code: string) =>
  expect.objectContaining({
    class: 'TencentCloudSDKHttpException',
    code,
    message: expect.stringMatching(/\S/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });

export const newImage = {
  Architecture: 'x86_64',
  OsType: 'CentOS',
  OsVersion: '7',
  ImageUrl: 'https://images-1250000000.cos.ap-guangzhou.myqcloud.com/web.qcow2',
} as const;

/** What answers that tell of images have in common. */
export interface Images {
  readonly ImageSet: readonly { readonly ImageId: string }[];
}
export const idsIn = ({ ImageSet }: Images): string[] => ImageSet.map(({ ImageId }) => ImageId);

/** Imports an image, under a name of its own, and gives its id: the international SDK has none in the answer. */
export async function imported(call: Call, change: object = {}): Promise<string> {
  const ImageName = freshId('web-');
  await call('ImportImage', { ...newImage, ImageName, ...change });
  const listed = await call('DescribeImages', { Filters: [{ Name: 'image-name', Values: [ImageName] }] });
  const [imageId, ...more] = idsIn(listed as Images);
  if (imageId === undefined || more.length > 0) {
    throw new Error(`Not one image is named ${ImageName}: ${JSON.stringify(listed)}`);
  }
  return imageId;
}
