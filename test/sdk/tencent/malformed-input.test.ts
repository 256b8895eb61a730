import type * as z from 'zod';
import { tencentProtocol } from '../../../lib/sdk/tencent/protocol.ts';
import { Ignored } from '../../../lib/sdk/wire-fields.ts';
import { freshMember } from '../../support/in-process.ts';
import { type Key, keyOf } from '../keys.ts';
import { importImage, newImage } from './calls.ts';
import { request, send } from './wire-request.ts';

const versions = ['2017-03-12', '2020-03-24'] as const;
type Version = (typeof versions)[number];

let key: Key;
const call = async (version: Version, action: string, parameters: object) =>
  (await send(request({ version, action, body: JSON.stringify(parameters) }, key))).body.Response;

let requiredParameters: Readonly<Record<string, object>>;
beforeAll(async () => {
  key = await keyOf(await freshMember());
  const ImageId = await importImage((action, parameters = {}) => call('2017-03-12', action, parameters));
  const launched = (await call('2017-03-12', 'RunInstances', { ImageId })) as { InstanceIdSet?: readonly string[] };
  const [InstanceId] = launched.InstanceIdSet ?? [];
  await call('2020-03-24', 'ModifyImageSharePermission', { ImageId, Permission: 'SHARE' });
  const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
  const image = { ImageId };
  // What each action needs so that validation gets as far as the unusual value.
  requiredParameters = {
    CreateImage: { InstanceId, ImageName: 'x', DryRun: true },
    DeleteImages: { ImageIds: [ImageId], DryRun: true },
    DescribeImageSharePermission: image,
    ImportImage: { ...newImage, ImageName: 'x', DryRun: true },
    ModifyImageAttribute: image,
    ModifyImageSharePermission: { ...image, AccountIds: ['1'], Permission: 'CANCEL' },
    ResetInstance: { InstanceId },
    RunInstances: { ...image, DryRun: true },
    SyncImages: { ImageIds: [ImageId], DestinationRegions: ['ap-shanghai'], DryRun: true },
    TerminateInstances: { InstanceIds: ['ins-00000000'] },
    CancelShareBlueprintAcrossAccounts: { BlueprintId, AccountIds: ['1'] },
    DeleteBlueprints: { BlueprintIds: ['lhbp-00000000'] },
    DescribeBlueprintsShareAcrossAccountInfos: { BlueprintIds: [BlueprintId] },
    ModifyBlueprintAttribute: { BlueprintId },
    ShareBlueprintAcrossAccounts: { BlueprintId, AccountIds: ['1'] },
  };
});

const oddValues: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'x'.repeat(10_000),
  '../../etc/passwd',
  -1,
  1.5,
  1e300,
  true,
  [],
  [null],
  [[]],
  [{}],
  {},
  { a: { b: {} } },
];

/** Every parameter of every action, except ignored ones. */
const cases = versions.flatMap((version) => {
  const headers = { 'x-tc-action': 'X', 'x-tc-version': version };
  const { actions } = tencentProtocol.dialectOf({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0) });
  return Object.entries(actions).flatMap(([action, { parameters }]) =>
    Object.entries(parameters.shape as Record<string, z.ZodType>)
      .filter(([, schema]) => schema !== Ignored)
      .map(([name]) => [version, action, name] as const),
  );
});

/** Returns "clear" for a success or for an error that blames the caller. */
function outcomeOf({ Error: error }: Awaited<ReturnType<typeof call>>): string {
  if (error === undefined) {
    return 'clear';
  }
  const { Code, Message } = error;
  const isClear = Message.length > 0 && Message.length < 2_000;
  return isClear && !/^(InternalError|ResourceInUse|undefined)/.test(Code) ? 'clear' : `${Code} ${Message}`;
}

describe('unusual parameter values', () => {
  test.each(cases)('get a clear response: %s %s %s', async (version, action, name) => {
    const responses = await Promise.all(
      oddValues.map((value) => call(version, action, { ...requiredParameters[action], [name]: value })),
    );
    expect([...new Set(responses.map(outcomeOf))]).toEqual(['clear']);
  });

  test.each(versions)('get UnknownParameter if the name is unknown: %s', async (version) => {
    const action = version === '2017-03-12' ? 'DescribeImages' : 'DescribeBlueprints';
    for (const name of ['toString', 'constructor', '', 'a.b', 'x'.repeat(5_000)]) {
      expect((await call(version, action, { [name]: 1 })).Error?.Code).toBe('UnknownParameter');
    }
  });
});
