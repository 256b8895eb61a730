import { runInstance } from '../../../functions/run-instance.ts';
import { anImageOf, type Fields } from '../../support/client.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let caller: Caller;
beforeAll(async () => {
  caller = await freshCaller();
});

async function instanceOf(image: Fields) {
  const { imageId } = await anImageOf(caller, region, image);
  const { instanceId } = await caller.ok(runInstance, { region, imageId });
  const { InstanceSet } = await caller.call('DescribeInstances', { InstanceIds: [instanceId] });
  return { imageId, instanceId, instance: (InstanceSet as object[])[0] as Record<string, unknown> };
}

/** Fields that the SDK for Go doesn't document as nullable: github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/models.go. */
const neverNull = {
  Instance: [
    ...['Placement', 'InstanceId', 'InstanceType', 'CPU', 'Memory', 'RestrictState', 'InstanceName', 'InstanceChargeType'],
    ...['SystemDisk', 'DataDisks', 'PrivateIpAddresses', 'InternetAccessible', 'VirtualPrivateCloud', 'ImageId', 'CreatedTime'],
    ...['OsName', 'SecurityGroupIds', 'LoginSettings', 'InstanceState', 'Tags', 'StopChargingMode', 'Uuid'],
    ...['DisasterRecoverGroupId', 'HpcClusterId', 'DedicatedClusterId', 'IsolatedSource', 'DisasterRecoverGroupIds'],
    ...['LicenseType', 'DisableApiTermination', 'DefaultLoginUser', 'DefaultLoginPort', 'Metadata', 'PublicIPv6Addresses'],
    ...['CpuTopology', 'PartitionNumber'],
  ],
  Placement: ['Zone', 'ProjectId', 'HostId', 'RackId'],
  SystemDisk: ['DiskType', 'DiskId', 'DiskSize', 'DiskName'],
  InternetAccessible: ['InternetChargeType', 'InternetMaxBandwidthOut'],
  VirtualPrivateCloud: ['VpcId', 'SubnetId', 'AsVpcGateway'],
  DataDisk: ['DiskSize', 'DiskType', 'DiskId', 'DeleteWithInstance', 'SnapshotId', 'BurstPerformance', 'DiskName'],
};
const nullsIn = (fields: unknown, names: readonly string[]) =>
  names.filter((name) => ((fields as Record<string, unknown>)[name] ?? null) === null);

describe('an instance in DescribeInstances', () => {
  it('has every field that the cloud never returns as null', async () => {
    const { instance } = await instanceOf({ sizeGiB: 50, disks: [{ sizeGiB: 20 }] });
    expect(nullsIn(instance, neverNull.Instance)).toEqual([]);
    for (const name of ['Placement', 'SystemDisk', 'InternetAccessible', 'VirtualPrivateCloud'] as const) {
      expect([name, nullsIn(instance[name], neverNull[name])]).toEqual([name, []]);
    }
    expect(nullsIn((instance['DataDisks'] as object[])[0], neverNull.DataDisk)).toEqual([]);
  });

  it('has what the service knows of it, and an ID for each disk', async () => {
    const { imageId, instanceId, instance } = await instanceOf({ os: 'Debian 12', sizeGiB: 50, disks: [{ sizeGiB: 20 }] });
    const suffix = instanceId.replace('ins-', '');
    expect(instance).toMatchObject({
      InstanceId: instanceId,
      ImageId: imageId,
      OsName: 'Debian 12',
      InstanceState: 'RUNNING',
      Placement: { Zone: 'ap-guangzhou-1', ProjectId: 0 },
      SystemDisk: { DiskId: `disk-${suffix}`, DiskSize: 50 },
      DataDisks: [{ DiskId: `disk-${suffix}1`, DiskSize: 20 }],
      DefaultLoginUser: 'root',
      DefaultLoginPort: 22,
    });
  });

  it('has the default login of Windows', async () => {
    const { instance } = await instanceOf({ os: 'Windows Server 2022' });
    expect(instance).toMatchObject({ DefaultLoginUser: 'Administrator', DefaultLoginPort: 3_389 });
  });
});
