import { type EcsAccount, freshEcsAccount, type Parameters } from './in-process.ts';

let account: EcsAccount;

beforeAll(async () => {
  account = await freshEcsAccount();
});

const manyIds = (length: number) => Array.from({ length }, (_, index) => `t-${index}`);

describe('a refusal', () => {
  it.each<[string, Parameters, string]>([
    ['DescribeDisks', { DiskIds: '[]' }, 'must be a JSON list of 1 to 100 strings'],
    ['DescribeDisks', { DiskIds: 'd-1' }, 'must be a JSON list of 1 to 100 strings'],
    ['DescribeDisks', { DiskIds: JSON.stringify(manyIds(101)) }, 'must be a JSON list of 1 to 100 strings'],
    ['DescribeTasks', { TaskIds: ',' }, 'must be a list of 1 to 100 IDs, separated by commas'],
    ['DescribeTasks', { TaskIds: manyIds(101).join() }, 'must be a list of 1 to 100 IDs, separated by commas'],
    ['DescribeTasks', { TaskStatus: 'Lost' }, 'must be Finished, Processing, or Failed'],
    ['DescribeTasks', { StartTime: 'soon' }, 'must be a time such as 2020-11-23T15:10:00Z'],
    ['DescribeTasks', { PageSize: 101 }, 'must be an integer from 1 to 100'],
    ['DescribeTasks', { PageNumber: 0 }, 'must be an integer from 1 to 1000000'],
    ['DescribeInstances', { NextToken: 'x' }, 'must be the NextToken of a response'],
    ['CopyImage', { ImageId: 'm-1', ClientToken: 'x'.repeat(65) }, 'must be at most 64 characters'],
    ['DeleteSnapshot', { SnapshotId: 's-1', DryRun: true }, "isn't supported by this action"],
  ])('of %s with %j says what the parameter must be: %s', async (action, parameters, reason) => {
    const name = Object.keys(parameters).at(-1);

    expect(await account.refused(action, parameters)).toEqual({
      status: 400,
      code: 'InvalidParameter',
      message: expect.stringContaining(`The specified parameter "${name}" is not valid: it ${reason}. Value: `),
    });
  });

  it('does not come from a list of 100 IDs, a ClientToken of 64 characters, or no dry run', async () => {
    await account.ok('DeleteSnapshot', { SnapshotId: 's-1', DryRun: false });
    await account.ok('DescribeDisks', { DiskIds: JSON.stringify(manyIds(100)) });
    await account.ok('DescribeTasks', { TaskIds: manyIds(100).join() });
    expect(await account.refused('CopyImage', { ImageId: 'm-1', ClientToken: 'x'.repeat(64) })).toMatchObject({
      code: 'InvalidImageId.NotFound',
    });
  });
});
