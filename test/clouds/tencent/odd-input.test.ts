import type * as z from 'zod';
import { tencentProtocol } from '../../../lib/clouds/tencent/protocol.ts';
import { Ignored } from '../../../lib/clouds/wire-fields.ts';
import { caught, cvmCalls, freshHolders, type Holder, imported, lighthouseCalls, newImage } from './clients.ts';

let holder: Holder;
let stated: Readonly<Record<string, object>>;
beforeAll(async () => {
  [holder] = (await freshHolders(1)) as [Holder];
  const call = cvmCalls(holder.key);
  const ImageId = await imported(call);
  const { InstanceIdSet } = (await call('RunInstances', { ImageId })) as { InstanceIdSet: readonly string[] };
  const [InstanceId] = InstanceIdSet;
  await lighthouseCalls(holder.key)('ModifyImageSharePermission', { ImageId, Permission: 'SHARE' });
  const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
  const image = { ImageId };
  // What each action needs beside the odd value, so that the value is what it meets.
  stated = {
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

const odd: readonly unknown[] = [
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

const versions = ['2017-03-12', '2020-03-24'] as const;

/** Every parameter of every action that means something here. */
const cases = versions.flatMap((version) => {
  const headers = { 'x-tc-action': 'X', 'x-tc-version': version };
  const { actions } = tencentProtocol.dialectOf({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0) });
  return Object.entries(actions).flatMap(([action, { parameters }]) =>
    Object.entries(parameters.shape as Record<string, z.ZodType>)
      .filter(([, schema]) => schema !== Ignored)
      .map(([name]) => [version, action, name] as const),
  );
});

/** Whether a call was done, or refused by a code that blames the caller. */
async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    const { class: name, code, message } = await caught(call);
    const isClear = name === 'TencentCloudSDKHttpException' && message.length > 0 && message.length < 2_000;
    return isClear && !/^(InternalError|ResourceUnavailable|undefined)/.test(String(code))
      ? 'clear'
      : `${name} ${code} ${message}`;
  } catch {
    return 'clear';
  }
}

describe('odd values of parameters', () => {
  test.each(cases)('are met with a clear answer: %s %s %s', async (version, action, name) => {
    const call = version === '2017-03-12' ? cvmCalls(holder.key) : lighthouseCalls(holder.key);
    const outcomes = await Promise.all(odd.map((value) => outcomeOf(call(action, { ...stated[action], [name]: value }))));
    expect([...new Set(outcomes)]).toEqual(['clear']);
  });

  test.each(versions)('are met with UnknownParameter where they have odd names: %s', async (version) => {
    const [call, action] =
      version === '2017-03-12' ? [cvmCalls(holder.key), 'DescribeImages'] : [lighthouseCalls(holder.key), 'DescribeBlueprints'];
    for (const name of ['toString', 'constructor', '', 'a.b', 'x'.repeat(5_000)]) {
      expect((await caught(call(action, { [name]: 1 }))).code).toBe('UnknownParameter');
    }
  });
});
