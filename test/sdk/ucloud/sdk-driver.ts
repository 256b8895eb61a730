import * as fc from 'fast-check';
import { ucloudProtocol } from '../../../lib/sdk/ucloud/protocol.ts';
import type { SdkDriver } from '../sdk-driver.ts';
import type { SentRequest } from '../wire-request.ts';
import { envelopeIn, everyShape, shapes } from './requests.ts';

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

/** How UCloud's SDKs speak. */
export const ucloudDriver: SdkDriver = {
  cloud: 'ucloud',
  listing: (key, parameters = {}) =>
    shapes['flattened JSON']({ Action: 'DescribeImage', Region: 'cn-bj2', ImageType: 'Custom', ...parameters }, key),
  codeIn: (reply) => {
    const { RetCode } = envelopeIn(reply);
    return RetCode === 0 ? undefined : String(RetCode);
  },
  codes: { unknownKey: '172', disabledKey: '172', wrongSignature: '171', switchedOff: '299', tooLarge: '230', notUtf8: '230' },
  faults: ['130', '150'],
  misSigned: (sent) => {
    const { Signature, ...rest } = JSON.parse(String(sent.body));
    const changed = (Signature.startsWith('0') ? '1' : '0') + Signature.slice(1);
    return { ...sent, body: JSON.stringify({ ...rest, Signature: changed }) };
  },
  odd: (key) =>
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...everyShape), action, region, project, fc.array(fc.tuple(name, value), { maxLength: 6 }))
        .map(([shape, Action, Region, ProjectId, more]): SentRequest => {
          const parameters = { ...Object.fromEntries(more), Action, Region, ProjectId };
          const sent = shapes[shape](parameters, key);
          // The gateway on a laptop takes no other characters in a path.
          return { ...sent, path: sent.path.replace(/Action=[^&]*$/, 'Action=Odd') };
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
