import { listInstances } from '../../../functions/list-instances.ts';
import { anImageOf } from '../../support/client.ts';
import { region } from './calls.ts';
import { type Caller, freshCaller } from './calls-in-process.ts';

let caller: Caller;
let ImageId: string;
beforeAll(async () => {
  caller = await freshCaller();
  ({ imageId: ImageId } = await anImageOf(caller, region));
});

const launch = (parameters: object) => caller.call('RunInstances', { ImageId, ...parameters });
const countInstances = async () => (await caller.ok(listInstances, { region, limit: 100 })).instances.length;

describe('RunInstances', () => {
  it('accepts what Packer and Terraform send, empty options included', async () => {
    const { Error: error, InstanceIdSet } = await launch({
      Placement: { Zone: 'ap-guangzhou-3', ProjectId: 0, HostIds: null },
      InstanceChargeType: 'POSTPAID_BY_HOUR',
      InstanceType: 'S5.SMALL1',
      SystemDisk: { DiskType: 'CLOUD_PREMIUM', DiskSize: 50 },
      DataDisks: [{ DiskType: 'CLOUD_PREMIUM', DiskSize: 10, SnapshotId: 'snap-00000000', Encrypt: false }],
      VirtualPrivateCloud: { VpcId: 'vpc-00000000', SubnetId: 'subnet-00000000' },
      InternetAccessible: { PublicIpAssigned: true, InternetMaxBandwidthOut: 1 },
      InstanceName: 'packer_1',
      LoginSettings: { KeyIds: ['skey-00000000'] },
      SecurityGroupIds: ['sg-00000000'],
      ClientToken: 'packer_1',
      HostName: '',
      UserData: '',
      CamRoleName: '',
      HpcClusterId: '',
      ChcIds: [],
      LaunchTemplate: {},
      DisableApiTermination: false,
      ActionTimer: { Externals: null },
      TagSpecification: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }],
    });
    expect([error, InstanceIdSet]).toEqual([undefined, [expect.stringMatching(/^ins-/)]]);
  });

  it.each<[object, string]>([
    [{ LaunchTemplate: { LaunchTemplateId: 'lt-00000000' } }, 'InvalidParameterValue.LaunchTemplateNotFound'],
    [{ ActionTimer: { TimerAction: 'TerminateInstances', ActionTime: '2030-01-01T00:00:00Z' } }, 'UnsupportedOperation'],
    [{ DisasterRecoverGroupIds: ['ps-00000000'] }, 'FailedOperation.DisasterRecoverGroupNotFound'],
    [{ HpcClusterId: 'hpc-00000000' }, 'ResourceNotFound.HpcCluster'],
    [{ HpcClusterId: '00' }, 'ResourceNotFound.HpcCluster'],
    [{ DedicatedClusterId: 'cluster-00000000' }, 'InvalidParameter.CdcNotSupported'],
    [{ ChcIds: ['chc-00000000'] }, 'InvalidParameterValue.ChcHostsNotFound'],
    [{ DisableApiTermination: true }, 'UnsupportedOperation'],
    [{ Placement: { HostIds: ['host-00000000'] } }, 'InvalidHostId.NotFound'],
    [{ Placement: { DedicatedResourcePackIds: ['rpp-0'] } }, 'InvalidParameterValue.DedicatedResourcePackIdsNotFound'],
    [{ Placement: { ProjectId: 1 } }, 'InvalidProjectId.NotFound'],
    [{ Placement: { Zone: 'ap-shanghai-2' } }, 'InvalidZone.MismatchRegion'],
    [{ SystemDisk: { Encrypt: true } }, 'UnsupportedOperation.InvalidRegionDiskEncrypt'],
    [{ DataDisks: [{ DiskSize: 10 }, { DiskSize: 10, Encrypt: true }] }, 'UnsupportedOperation.InvalidRegionDiskEncrypt'],
    [{ InstanceCount: 2, MinCount: 3 }, 'InvalidParameterValue.InvalidParameterMinCount'],
    [{ MinCount: 0 }, 'InvalidParameterValue'],
    [{ InstanceChargeType: 'FREE' }, 'InvalidParameterValue'],
    [{ ClientToken: 'x'.repeat(65) }, 'InvalidClientToken.TooLong'],
  ])('refuses %j, which is not done here', async (parameters, code) => {
    const before = await countInstances();
    const { Error: error } = await launch(parameters);
    expect(error?.Code).toBe(code);
    const [value] = Object.values(parameters).map((parameter) =>
      typeof parameter === 'object' ? Object.values(parameter).at(-1) : parameter,
    );
    const shown = JSON.stringify(typeof value === 'object' ? Object.values(value).at(-1) : value);
    expect(error?.Message).toContain(code === 'InvalidParameterValue.InvalidParameterMinCount' ? 'but is 3' : shown.slice(0, 40));
    expect(await countInstances()).toBe(before);
  });

  it('says what the type of charges must be', async () => {
    expect((await launch({ InstanceChargeType: 'FREE' })).Error?.Message).toBe(
      'The parameter InstanceChargeType must be one of PREPAID, POSTPAID_BY_HOUR, CDHPAID, SPOTPAID, CDCPAID, but is "FREE".',
    );
  });

  it.each([1, 2])('accepts a minimum of %s for two instances, because all are launched or none', async (MinCount) => {
    expect((await launch({ InstanceCount: 2, MinCount }))['InstanceIdSet']).toHaveLength(2);
  });
});
