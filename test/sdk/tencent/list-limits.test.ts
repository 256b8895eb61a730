import type { Product } from './actions.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let caller: Caller;
beforeAll(async () => {
  caller = await freshCaller();
});

it.each<[Product, string, string, string, number, object?]>([
  ['cvm', 'DescribeImages', 'ImageIds', 'img-00000000', 100],
  ['cvm', 'DeleteImages', 'ImageIds', 'img-00000000', 100],
  ['cvm', 'DescribeInstances', 'InstanceIds', 'ins-00000000', 100],
  ['cvm', 'TerminateInstances', 'InstanceIds', 'ins-00000000', 100],
  ['cvm', 'ModifyImageSharePermission', 'AccountIds', '1', 50, { ImageId: 'img-00000000', Permission: 'SHARE' }],
  ['cvm', 'DescribeSnapshots', 'SnapshotIds', 'snap-00000000', 100],
  ['lighthouse', 'DescribeImagesToShare', 'ImageIds', 'img-00000000', 100],
  ['lighthouse', 'DescribeBlueprints', 'BlueprintIds', 'lhbp-00000000', 100],
  ['lighthouse', 'DeleteBlueprints', 'BlueprintIds', 'lhbp-00000000', 100],
  ['lighthouse', 'DescribeBlueprintsShareAcrossAccountInfos', 'BlueprintIds', 'lhbp-00000000', 100],
  ['lighthouse', 'ShareBlueprintAcrossAccounts', 'AccountIds', '1', 10, { BlueprintId: 'lhbp-00000000' }],
  ['lighthouse', 'CancelShareBlueprintAcrossAccounts', 'AccountIds', '1', 10, { BlueprintId: 'lhbp-00000000' }],
])('%s %s accepts a list %s that has only %s up to %s times', async (product, action, name, entry, max, more = {}) => {
  const errorOf = async (count: number) =>
    (await caller.call(action, { ...more, [name]: Array(count).fill(entry) }, { product })).Error;
  expect((await errorOf(max))?.Code).not.toBe('InvalidParameterValue.LimitExceeded');
  expect(await errorOf(max + 1)).toEqual({
    Code: 'InvalidParameterValue.LimitExceeded',
    Message: `The parameter ${name} must have at most ${max} entries, but has ${max + 1}.`,
  });
});
