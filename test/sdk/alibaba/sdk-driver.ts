import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { ecsActions } from '../../../lib/sdk/alibaba/actions.ts';
import { noon } from '../../support/builders.ts';
import type { Key } from '../keys.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import { hasUnescapedSignature, withWrongFormSignature } from '../signed-form.ts';
import type { SentRequest } from '../wire-request.ts';
import { errorCodeOf } from './error-code.ts';
import { inSeconds, rpcRequest } from './signing.ts';

const type = 'application/x-www-form-urlencoded';

/** Signs a call in the RPC protocol, in a form or a query. */
function sign(
  action: string,
  parameters: Readonly<Record<string, string>>,
  key: Key,
  method: 'GET' | 'POST' = 'POST',
): SentRequest {
  const date = inSeconds(noon);
  for (;;) {
    const nonce = randomBytes(16).toString('hex');
    const { query, body } = rpcRequest({ key, action, parameters, date, nonce, method });
    const form = method === 'GET' ? query : body.toString();
    if (hasUnescapedSignature(form)) {
      return method === 'GET' ? { method, path: `/?${form}` } : { method, path: '/', type, body: form };
    }
  }
}

const names = [
  ...['ImageId', 'ImageName', 'AddAccount.1', 'RemoveAccount.1', 'Status', 'PageSize', 'PageNumber', 'InstanceId', 'InstanceIds'],
  ...[
    'DiskId',
    'DestinationRegionId',
    'Tag.1.Key',
    'Tag.1.Value',
    'Filter.1.Key',
    'DryRun',
    'ClientToken',
    'Amount',
    'MaxResults',
  ],
];
const action = fc.oneof(fc.constantFrom(...Object.keys(ecsActions), 'constructor'), fc.string());
const name = fc.oneof(fc.constantFrom(...names, '__proto__', 'AddAccount', 'Tag.1', '.', ''), fc.string());
const value = fc.oneof(
  fc.constantFrom(
    'm-bp18ygjuqnwhechcabcd',
    'i-bp1g6zv0ce8oghu7abcd',
    'd-bp67acfmxazb4phabcde',
    '[]',
    '-1',
    '9'.repeat(30),
    'true',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const text = fc.string({ maxLength: 300 });

/** The RPC protocol, with parameters in a form. */
export const alibabaDriver: SdkDriver = {
  cloud: 'alibaba',
  listImages: (key, parameters = {}) => {
    const strings = Object.entries(parameters).map(([field, fieldValue]) => [field, String(fieldValue)]);
    return sign('DescribeImages', { RegionId: 'cn-hangzhou', ImageOwnerAlias: 'self', ...Object.fromEntries(strings) }, key);
  },
  errorCodeOf,
  codes: {
    unknownKey: 'InvalidAccessKeyId.NotFound',
    disabledKey: 'Forbidden.AccessKeyDisabled',
    wrongSignature: 'SignatureDoesNotMatch',
    protocolDisabled: 'Forbidden.RAM',
    tooLarge: 'InvalidParameter',
    notUtf8: 'InvalidParameter',
  },
  internalErrorCodes: ['InternalError', 'ServiceUnavailable'],
  withWrongSignature: withWrongFormSignature,
  malformed: (key) =>
    fc.oneof(
      fc
        .tuple(
          action,
          fc.oneof(fc.constantFrom('cn-hangzhou', 'ap-guangzhou', ''), fc.string()),
          fc.array(fc.tuple(name, value), { maxLength: 6 }),
          fc.constantFrom('GET' as const, 'POST' as const),
        )
        .map(([Action, RegionId, parameters, method]) =>
          sign(Action, { ...Object.fromEntries(parameters), RegionId }, key, method),
        ),
      text.map((rest): SentRequest => ({ method: 'POST', path: '/', type, body: `AccessKeyId=${key.keyId}&${rest}` })),
      text.map((rest): SentRequest => ({ method: 'GET', path: `/?AccessKeyId=${key.keyId}&${encodeURIComponent(rest)}=x` })),
      fc.uint8Array({ maxLength: 300 }).map(
        (bytes): SentRequest => ({
          method: 'POST',
          path: '/',
          type,
          body: new Uint8Array([...Buffer.from('AccessKeyId=a&'), ...bytes]),
        }),
      ),
    ),
};
