import type { InstanceView } from '../../../model/views/instance.ts';
import type { Fields } from '../../wire.ts';
import { diskIdOf } from '../derived-ids.ts';
import { timeOf } from '../parameters.ts';
import { zoneOfInstances } from '../regions.ts';
import { platformOf } from './image-view.ts';

/** What every instance has in common: the service doesn't record power, hardware, prices, and networks. */
export const commonFields = {
  InstanceState: 'RUNNING',
  RestrictState: 'NORMAL',
  InstanceType: 'S5.SMALL2',
  CPU: 1,
  Memory: 2,
  CpuTopology: { CoreCount: null, ThreadPerCore: null },
  InstanceName: '',
  Uuid: '',
  InstanceChargeType: 'POSTPAID_BY_HOUR',
  // Documented as null for this charge type.
  RenewFlag: null,
  ExpiredTime: null,
  StopChargingMode: 'NOT_APPLICABLE',
  PrivateIpAddresses: [],
  PublicIpAddresses: [],
  IPv6Addresses: [],
  PublicIPv6Addresses: [],
  RdmaIpAddresses: [],
  InternetAccessible: { InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR', InternetMaxBandwidthOut: 0 },
  VirtualPrivateCloud: { VpcId: '', SubnetId: '', AsVpcGateway: false },
  SecurityGroupIds: [],
  LoginSettings: { KeyIds: [] },
  Tags: [],
  Metadata: { Items: [] },
  DisasterRecoverGroupId: '',
  DisasterRecoverGroupIds: [],
  PartitionNumber: 0,
  HpcClusterId: '',
  DedicatedClusterId: '',
  CamRoleName: null,
  IsolatedSource: 'NOTISOLATED',
  LicenseType: 'TencentCloud',
  DisableApiTermination: false,
  // Operations have succeeded when their call returns.
  LatestOperationState: 'SUCCESS',
  LatestOperation: null,
  LatestOperationRequestId: null,
  LatestOperationErrorMsg: null,
} as const;

/** Values of `InstanceChargeType`. */
export const chargeTypes = ['PREPAID', 'POSTPAID_BY_HOUR', 'CDHPAID', 'SPOTPAID', 'CDCPAID'] as const;

/** The default project, in which all instances are reported. */
export const projectOfInstances = 0;

/**
 * Formats an instance for DescribeInstances. Fields that the service doesn't record, but that the cloud never returns as null,
 * are constants. Source: the data type Instance in github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/models.go.
 */
export const cvmInstance = (instance: InstanceView): Fields => {
  const disks = instance.disksGiB.map((DiskSize, index) => ({
    DiskId: diskIdOf(instance.instanceId, index),
    DiskType: 'CLOUD_PREMIUM',
    DiskSize,
    DiskName: '',
  }));
  const [SystemDisk, ...dataDisks] = disks;
  const isWindows = platformOf(instance) === 'Windows';
  return {
    ...commonFields,
    InstanceId: instance.instanceId,
    ImageId: instance.imageId,
    OsName: instance.os,
    CreatedTime: timeOf(instance.createdAt),
    Placement: { Zone: zoneOfInstances(instance.region), ProjectId: projectOfInstances, HostId: '', RackId: '' },
    SystemDisk,
    DataDisks: dataDisks.map((disk) => ({ ...disk, SnapshotId: '', DeleteWithInstance: true, BurstPerformance: false })),
    DefaultLoginUser: isWindows ? 'Administrator' : 'root',
    DefaultLoginPort: isWindows ? 3_389 : 22,
  };
};
