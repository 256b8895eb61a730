import type * as z from 'zod';
import { Ignored } from '../../../lib/sdk/wire-fields.ts';
import { allActions, type Product } from './actions.ts';
import { importImage, newImage } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let caller: Caller;
const call = (product: Product, action: string, parameters: object) => caller.call(action, parameters, { product });

let requiredParameters: Readonly<Record<string, object>>;
beforeAll(async () => {
  caller = await freshCaller();
  const ImageId = await importImage(caller.call);
  const launched = (await call('cvm', 'RunInstances', { ImageId })) as { InstanceIdSet?: readonly string[] };
  const [InstanceId] = launched.InstanceIdSet ?? [];
  await call('lighthouse', 'ModifyImageSharePermission', { ImageId, Permission: 'SHARE' });
  const BlueprintId = ImageId.replace(/^img-/, 'lhbp-');
  const image = { ImageId };
  const Resource = `qcs::cvm:ap-guangzhou:uin/:image/${ImageId}`;
  const tag = { TagKey: 'a', TagValue: 'b' };
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
    DescribeImageFromFamily: { ImageFamily: 'web' },
    AddResourceTag: { Resource, ...tag },
    DeleteResourceTag: { Resource, TagKey: 'a' },
    UpdateResourceTagValue: { Resource, ...tag },
    ModifyResourceTags: { Resource, ReplaceTags: [tag] },
    TagResources: { ResourceList: [Resource], Tags: [tag] },
    UnTagResources: { ResourceList: [Resource], TagKeys: ['a'] },
    DescribeResourceTagsByResourceIds: {
      ServiceType: 'cvm',
      ResourcePrefix: 'image',
      ResourceIds: [ImageId],
      ResourceRegion: 'ap-guangzhou',
    },
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
const cases = allActions.flatMap(([product, action, { parameters }]) =>
  Object.entries(parameters.shape as Record<string, z.ZodType>)
    .filter(([, schema]) => schema !== Ignored)
    .map(([name]) => [product, action, name] as const),
);

/** Returns "clear" for a success or for an error that blames the caller. */
function outcomeOf({ Error: error }: Awaited<ReturnType<typeof call>>): string {
  if (error === undefined) {
    return 'clear';
  }
  const { Code, Message } = error;
  const isClear = Message.length > 0 && Message.length < 2_000;
  return isClear && !/^(InternalError|ResourceInUse$|undefined)/.test(Code) ? 'clear' : `${Code} ${Message}`;
}

describe('unusual parameter values', () => {
  test.each(cases)('get a clear response: %s %s %s', async (product, action, name) => {
    const responses = await Promise.all(
      oddValues.map((value) => call(product, action, { ...requiredParameters[action], [name]: value })),
    );
    expect([...new Set(responses.map(outcomeOf))]).toEqual(['clear']);
  });

  test.each([
    ['cvm', 'DescribeImages'],
    ['lighthouse', 'DescribeBlueprints'],
  ] as const)('get UnknownParameter if the name is unknown: %s %s', async (product, action) => {
    for (const name of ['toString', 'constructor', '', 'a.b', 'x'.repeat(5_000)]) {
      expect((await call(product, action, { [name]: 1 })).Error?.Code).toBe('UnknownParameter');
    }
  });
});
