import * as fc from 'fast-check';
import { ucloudProtocol } from '../../../lib/sdk/ucloud/protocol.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import type { SentRequest } from '../wire-request.ts';
import { errorCodeOf } from './error-code.ts';
import { everyShape, shapes } from './requests.ts';

const actions = Object.keys(
  ucloudProtocol.dialectOf({ method: 'POST', path: '/', query: '', headers: {}, body: Buffer.alloc(0) }).actions,
);
const names = [
  ...['Zone', 'ImageId', 'ImageIds', 'ImageType', 'Offset', 'Limit', 'AddProjects', 'RemoveProjects', 'SourceImageId', 'Tag'],
  ...['TargetProjectId', 'TargetRegion', 'TargetRegionList', 'UHostId', 'UHostIds', 'ImageName', 'MaxCount', 'LoginMode'],
];

const action = fc.oneof(fc.constantFrom(...actions), fc.string());
const name = fc.oneof(fc.constantFrom(...names), fc.constantFrom('__proto__', 'constructor', 'Ids.0.', '.', ''), fc.string());
const value = fc.oneof(
  fc.constantFrom('uimage-1', 'org-1', 'cn-bj2', 'cn-hangzhou', 'uhost-1', '-1', '99999999999999999999', 'true', ''),
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);
const project = fc.option(fc.oneof(fc.constantFrom('org-1', '', '项目'), fc.jsonValue()), { nil: undefined });
const region = fc.oneof(fc.constant('cn-bj2'), fc.jsonValue());

/** Requests of UCloud's SDKs. */
export const ucloudDriver: SdkDriver = {
  cloud: 'ucloud',
  listImages: (key, parameters = {}) =>
    shapes['flattened JSON']({ Action: 'DescribeImage', Region: 'cn-bj2', ImageType: 'Custom', ...parameters }, key),
  errorCodeOf,
  codes: {
    unknownKey: '172',
    disabledKey: '172',
    wrongSignature: '171',
    protocolDisabled: '299',
    tooLarge: '230',
    notUtf8: '230',
  },
  internalErrorCodes: ['130', '150'],
  withWrongSignature: (request) => {
    const { Signature, ...rest } = JSON.parse(String(request.body));
    const changed = (Signature.startsWith('0') ? '1' : '0') + Signature.slice(1);
    return { ...request, body: JSON.stringify({ ...rest, Signature: changed }) };
  },
  malformed: (key) =>
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...everyShape), action, region, project, fc.array(fc.tuple(name, value), { maxLength: 6 }))
        .map(([shape, Action, Region, ProjectId, others]): SentRequest => {
          const parameters = { ...Object.fromEntries(others), Action, Region, ProjectId };
          const request = shapes[shape](parameters, key);
          // The local gateway accepts only valid characters in a URL.
          return { ...request, path: request.path.replace(/Action=[^&]*$/, 'Action=Odd') };
        }),
      fc
        .string({ maxLength: 300 })
        .map((text): SentRequest => ({ method: 'POST', path: '/', body: `PublicKey=${key.keyId}&${text}` })),
      fc
        .string({ maxLength: 300 })
        .map((text): SentRequest => ({ method: 'POST', path: '/', body: `{"PublicKey":"${key.keyId}",${text}` })),
      fc.json().map((text): SentRequest => ({ method: 'POST', path: `/?PublicKey=${key.keyId}`, body: text })),
      fc.uint8Array({ maxLength: 300 }).map(
        (bytes): SentRequest => ({
          method: 'POST',
          path: '/',
          body: new Uint8Array([...Buffer.from('PublicKey=a&'), ...bytes]),
        }),
      ),
    ),
};
