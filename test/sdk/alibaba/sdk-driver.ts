import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { ecsActions } from '../../../lib/sdk/alibaba/actions.ts';
import { noon } from '../../support/builders.ts';
import type { Key } from '../keys.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import { isPlainlySigned, misSignedForm } from '../signed-form.ts';
import type { Reply, SentRequest } from '../wire-request.ts';
import { inSeconds, rpcRequest } from './signing.ts';

const type = 'application/x-www-form-urlencoded';

/** A call in the RPC protocol, in a form or a query. */
function signed(
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
    if (isPlainlySigned(form)) {
      return method === 'GET' ? { method, path: `/?${form}` } : { method, path: '/', type, body: form };
    }
  }
}

function codeIn({ status, headers, text }: Reply): string | undefined {
  const contentType = headers.get('content-type');
  if (contentType === 'text/xml;charset=utf-8') {
    return /<Error><RequestId>[0-9A-Z-]+<\/RequestId>.*<Code>([^<]+)<\/Code>/s.exec(text)?.[1];
  }
  const body = contentType === 'application/json;charset=utf-8' ? JSON.parse(text) : undefined;
  if (typeof body?.RequestId !== 'string' || (status === 200) !== (body.Code === undefined)) {
    throw new Error(`This is no answer of Alibaba Cloud's: ${status} ${text.slice(0, 1_000)}`);
  }
  return body.Code;
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

/** How the cloud's SDKs speak in the RPC protocol, whose parameters stand in a form. */
export const alibabaDriver: SdkDriver = {
  cloud: 'alibaba',
  listing: (key, added = {}) => {
    const more = Object.entries(added).map(([field, one]) => [field, String(one)]);
    return signed('DescribeImages', { RegionId: 'cn-hangzhou', ImageOwnerAlias: 'self', ...Object.fromEntries(more) }, key);
  },
  codeIn,
  codes: {
    unknownKey: 'InvalidAccessKeyId.NotFound',
    disabledKey: 'InvalidAccessKeyId.Inactive',
    wrongSignature: 'SignatureDoesNotMatch',
    switchedOff: 'Forbidden.RAM',
    tooLarge: 'InvalidParameter',
    notUtf8: 'InvalidParameter',
  },
  faults: ['InternalError', 'ServiceUnavailable'],
  misSigned: misSignedForm,
  odd: (key) =>
    fc.oneof(
      fc
        .tuple(
          action,
          fc.oneof(fc.constantFrom('cn-hangzhou', 'ap-guangzhou', ''), fc.string()),
          fc.array(fc.tuple(name, value), { maxLength: 6 }),
          fc.constantFrom('GET' as const, 'POST' as const),
        )
        .map(([one, RegionId, more, method]) => signed(one, { ...Object.fromEntries(more), RegionId }, key, method)),
      text.map((odd): SentRequest => ({ method: 'POST', path: '/', type, body: `AccessKeyId=${key.keyId}&${odd}` })),
      text.map((odd): SentRequest => ({ method: 'GET', path: `/?AccessKeyId=${key.keyId}&${encodeURIComponent(odd)}=x` })),
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
