import { type EcsAccount, freshEcsAccount, type Parameters } from './in-process.ts';

let account: EcsAccount;

beforeAll(async () => {
  account = await freshEcsAccount();
});

const manyIds = (length: number) => Array.from({ length }, (_, index) => `t-${index}`);

describe('every value that the cloud documents', () => {
  it.each<[string, Parameters, string, string[]]>([
    ['DescribeImages', {}, 'ActionType', ['CreateEcs', 'ChangeOS']],
    ['DescribeImages', {}, 'OSType', ['windows', 'linux']],
    ['DescribeImages', {}, 'Architecture', ['i386', 'x86_64', 'arm64']],
    ['DescribeDisks', {}, 'DiskType', ['all', 'system', 'data']],
    [
      'DescribeDisks',
      {},
      'Category',
      [
        ...['all', 'cloud', 'cloud_efficiency', 'cloud_ssd', 'cloud_essd', 'cloud_auto', 'cloud_regional_disk_auto'],
        ...['cloud_essd_entry', 'elastic_ephemeral_disk_standard', 'elastic_ephemeral_disk_premium'],
        ...['local_ssd_pro', 'local_hdd_pro', 'ephemeral', 'ephemeral_ssd'],
      ],
    ],
    ['DescribeDisks', {}, 'Status', ['In_use', 'Available', 'Attaching', 'Detaching', 'Creating', 'ReIniting', 'All']],
    ['DescribeDisks', {}, 'DiskChargeType', ['PrePaid', 'PostPaid']],
    ['DescribeDisks', {}, 'LockReason', ['financial', 'security', 'recycling', 'dedicatedhostfinancial']],
    ['DescribeDisks', {}, 'MultiAttach', ['Disabled', 'Enabled', 'LegacyShared']],
    ['DescribeInstances', {}, 'Status', ['Pending', 'Running', 'Starting', 'Stopping', 'Stopped']],
    ['DescribeInstances', {}, 'InstanceNetworkType', ['vpc', 'classic']],
    ['DescribeInstances', {}, 'InstanceChargeType', ['PostPaid', 'PrePaid']],
    ['DescribeInstances', {}, 'InternetChargeType', ['PayByTraffic', 'PayByBandwidth']],
    ['DescribeInstances', {}, 'LockReason', ['financial', 'security', 'Recycling', 'dedicatedhostfinancial', 'refunded']],
    ['DescribeSnapshots', {}, 'Status', ['progressing', 'accomplished', 'failed', 'all']],
    ['DescribeSnapshots', {}, 'SnapshotType', ['auto', 'user', 'all']],
    ['DescribeSnapshots', {}, 'SourceDiskType', ['system', 'System', 'data', 'Data']],
    ['DescribeSnapshots', {}, 'Usage', ['image', 'disk', 'image_disk', 'none']],
    ['DescribeSnapshots', {}, 'Category', ['Standard', 'standard', 'Flash', 'flash', 'archive']],
    ['DescribeTasks', {}, 'TaskAction', ['ImportImage', 'ExportImage', 'RedeployInstance', 'ModifyDiskSpec', 'ArchiveSnapshot']],
    ['DescribeTasks', {}, 'TaskStatus', ['Finished', 'Processing', 'Failed']],
    [
      'ListTagResources',
      { Tag: [{ Key: 'role' }] },
      'ResourceType',
      [
        ...['instance', 'disk', 'snapshot', 'image', 'securitygroup', 'volume', 'eni', 'ddh', 'ddhcluster', 'keypair'],
        ...['launchtemplate', 'reservedinstance', 'snapshotpolicy', 'elasticityassurance', 'capacityreservation'],
        ...['command', 'invocation', 'activation', 'managedinstance'],
      ],
    ],
    ['DescribeRegions', {}, 'AcceptLanguage', ['zh-CN', 'zh-TW', 'en-US', 'ja', 'fr', 'de', 'ko']],
    ['DescribeRegions', {}, 'InstanceChargeType', ['PrePaid', 'PostPaid', 'SpotWithPriceLimit', 'SpotAsPriceGo']],
    ['DescribeRegions', {}, 'ResourceType', ['instance', 'disk', 'reservedinstance', 'scu']],
    ['DescribeZones', {}, 'InstanceChargeType', ['PrePaid', 'PostPaid']],
    ['DescribeZones', {}, 'SpotStrategy', ['NoSpot', 'SpotWithPriceLimit', 'SpotAsPriceGo']],
  ])('is accepted by %s with %j and the parameter %s', async (action, required, name, values) => {
    for (const value of values) {
      await account.ok(action, { ...required, [name]: value });
    }
  });
});

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
    ['DescribeInstances', { NextToken: '1x' }, 'must be the NextToken of a response'],
    ['DescribeInstances', { NextToken: 'x1' }, 'must be the NextToken of a response'],
    ['ListTagResources', { ResourceType: 'image', NextToken: '1x' }, 'must be the NextToken of a response'],
    ['ListTagResources', { ResourceType: 'image', NextToken: 'x1' }, 'must be the NextToken of a response'],
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
