import * as fc from 'fast-check';
import { noonSeconds } from '../../support/builders.ts';
import { host } from '../../support/in-process.ts';
import type { Key } from '../keys.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import { hasUnescapedSignature, withWrongFormSignature } from '../signed-form.ts';
import type { SentRequest } from '../wire-request.ts';
import { allActions, productVersions } from './actions.ts';
import { region } from './calls.ts';
import { errorCodeOf } from './error-code.ts';
import { signV1 } from './signing.ts';

// Always six digits, so that requests have a predictable length.
let nonce = 100_000;

/** Signs a form or a query with v1. */
function sign(parameters: Readonly<Record<string, string>>, key: Key, { method = 'POST', path = '/' } = {}): SentRequest {
  const common = {
    SecretId: key.keyId,
    Timestamp: String(noonSeconds),
    SignatureMethod: 'HmacSHA256',
  };
  let form: string;
  do {
    nonce += 1;
    form = signV1({ ...common, Nonce: String(nonce), ...parameters }, { method, host, path, secret: key.secret });
  } while (!hasUnescapedSignature(form));
  return method === 'GET'
    ? { method, path: `${path}?${form}` }
    : { method: 'POST', path, type: 'application/x-www-form-urlencoded', body: form };
}

const versions = Object.values(productVersions);
const actions = allActions.map(([, action]) => action);
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

/** Signature v1, with parameters in a form. */
export const tencentDriver: SdkDriver = {
  cloud: 'tencent',
  // Added values go to a documented parameter that has no effect, because unknown ones are refused.
  listImages: (key, parameters = {}) =>
    sign(
      {
        Action: 'DescribeImages',
        Version: '2017-03-12',
        Region: region,
        'Filters.0.Name': 'image-type',
        'Filters.0.Values.0': 'PRIVATE_IMAGE',
        InstanceType: Object.values(parameters).map(String).join(''),
      },
      key,
    ),
  errorCodeOf,
  codes: {
    unknownKey: 'AuthFailure.SecretIdNotFound',
    disabledKey: 'AuthFailure.SecretIdNotFound',
    wrongSignature: 'AuthFailure.SignatureFailure',
    protocolDisabled: 'AuthFailure.UnauthorizedOperation',
    tooLarge: 'InvalidParameterValue',
    notUtf8: 'InvalidParameterValue',
  },
  internalErrorCodes: ['InternalError', 'ResourceInUse', '6000', '6200'],
  withWrongSignature: withWrongFormSignature,
  malformed: (key) =>
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
        .map(([method, path, Action, Version, Region, parameters]) =>
          sign({ ...Object.fromEntries(parameters), Action, Version, Region }, key, { method, path }),
        ),
      text.map((rest): SentRequest => ({ method: 'POST', path: '/', body: `SecretId=${key.keyId}&${rest}` })),
      text.map((rest): SentRequest => ({ method: 'POST', path: '/v2/index.php', body: `SecretId=${key.keyId}&${rest}` })),
      text.map((rest): SentRequest => ({ method: 'GET', path: `/?SecretId=${key.keyId}&${encodeURIComponent(rest)}=x` })),
      fc.uint8Array({ maxLength: 300 }).map(
        (bytes): SentRequest => ({
          method: 'POST',
          path: '/',
          body: new Uint8Array([...Buffer.from('SecretId=a&'), ...bytes]),
        }),
      ),
    ),
};
