import * as fc from 'fast-check';
import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import { noonSeconds } from '../../support/builders.ts';
import { host } from '../../support/in-process.ts';
import type { Key } from '../keys.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import { isPlainlySigned, misSignedForm } from '../signed-form.ts';
import type { Reply, SentRequest } from '../wire-request.ts';
import { region } from './calls.ts';
import { signedV1 } from './signing.ts';

// Six digits throughout, so that forms are as long as their parameters.
let nonce = 100_000;

/** A form, or a query, that is signed with v1. */
function signed(parameters: Readonly<Record<string, string>>, key: Key, { method = 'POST', path = '/' } = {}): SentRequest {
  const common = {
    SecretId: key.keyId,
    Timestamp: String(noonSeconds),
    SignatureMethod: 'HmacSHA256',
  };
  let form: string;
  do {
    nonce += 1;
    const stated = { ...common, Nonce: String(nonce), ...parameters };
    form = signedV1(stated, { method, host, path, secret: key.secret });
  } while (!isPlainlySigned(form));
  return method === 'GET'
    ? { method, path: `${path}?${form}` }
    : { method: 'POST', path, type: 'application/x-www-form-urlencoded', body: form };
}

function codeIn({ status, headers, text }: Reply): string | undefined {
  const body = status === 200 ? JSON.parse(text) : undefined;
  const isLegacy = typeof body?.code === 'number' && typeof body.message === 'string';
  const isWhole = isLegacy || typeof body?.Response?.RequestId === 'string';
  if (!isWhole || headers.get('content-type')?.startsWith('application/json') !== true) {
    throw new Error(`This is no answer of Tencent Cloud's: ${status} ${text.slice(0, 1_000)}`);
  }
  return isLegacy ? (body.code === 0 ? undefined : String(body.code)) : body.Response.Error?.Code;
}

const versions = ['2017-03-12', '2020-03-24'];
const actions = versions.flatMap((version) => {
  const headers = { 'x-tc-action': 'X', 'x-tc-version': version };
  return Object.keys(tencentProtocol.dialectOf({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0) }).actions);
});
const names = [
  ...['ImageId', 'ImageIds.0', 'AccountIds.0', 'Permission', 'Filters.0.Name', 'Filters.0.Values.0', 'Offset', 'Limit'],
  ...['InstanceIds.0', 'InstanceId', 'ImageName', 'DestinationRegions.0', 'BlueprintId', 'BlueprintIds.0', 'DryRun', 'uinList.0'],
];
const action = fc.oneof(fc.constantFrom(...actions, 'ShareImage', 'CancelShareImage'), fc.string());
const name = fc.oneof(fc.constantFrom(...names, '__proto__', 'constructor', 'Ids.0.', '.', ''), fc.string());
const value = fc.oneof(
  fc.constantFrom('img-6pb6lrmy', 'lhbp-6jc6l8yb', 'ins-09dx96dg', 'SHARE', 'image-type', '-1', '9'.repeat(30), 'true', ''),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const text = fc.string({ maxLength: 300 });

/** How the cloud's SDKs speak where they sign with v1, whose parameters stand in a form. */
export const tencentDriver: SdkDriver = {
  cloud: 'tencent',
  // What a test adds goes where a documented parameter means nothing.
  listing: (key, added = {}) =>
    signed(
      {
        Action: 'DescribeImages',
        Version: '2017-03-12',
        Region: region,
        'Filters.0.Name': 'image-type',
        'Filters.0.Values.0': 'PRIVATE_IMAGE',
        InstanceType: Object.values(added).map(String).join(''),
      },
      key,
    ),
  codeIn,
  codes: {
    unknownKey: 'AuthFailure.SecretIdNotFound',
    disabledKey: 'AuthFailure.SecretIdNotFound',
    wrongSignature: 'AuthFailure.SignatureFailure',
    switchedOff: 'AuthFailure.UnauthorizedOperation',
    tooLarge: 'InvalidParameterValue',
    notUtf8: 'InvalidParameterValue',
  },
  faults: ['InternalError', 'ResourceUnavailable', '6000', '6200'],
  misSigned: misSignedForm,
  odd: (key) =>
    fc.oneof(
      fc
        .tuple(
          fc.constantFrom('GET', 'POST'),
          fc.constantFrom('/', '/v2/index.php'),
          action,
          fc.constantFrom(...versions, '', '2016-01-01'),
          fc.oneof(fc.constantFrom(region, 'cn-hangzhou', ''), fc.string()),
          fc.array(fc.tuple(name, value), { maxLength: 6 }),
        )
        .map(([method, path, Action, Version, Region, more]) =>
          signed({ ...Object.fromEntries(more), Action, Version, Region }, key, { method, path }),
        ),
      text.map((odd): SentRequest => ({ method: 'POST', path: '/', body: `SecretId=${key.keyId}&${odd}` })),
      text.map((odd): SentRequest => ({ method: 'POST', path: '/v2/index.php', body: `SecretId=${key.keyId}&${odd}` })),
      text.map((odd): SentRequest => ({ method: 'GET', path: `/?SecretId=${key.keyId}&${encodeURIComponent(odd)}=x` })),
      fc.uint8Array({ maxLength: 300 }).map(
        (bytes): SentRequest => ({
          method: 'POST',
          path: '/',
          body: new Uint8Array([...Buffer.from('SecretId=a&'), ...bytes]),
        }),
      ),
    ),
};
