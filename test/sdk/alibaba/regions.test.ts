import { describeRegions } from '../../../lib/sdk/alibaba/regions.ts';
import type { Service } from '../../../lib/sdk/service.ts';
import { host } from '../../support/in-process.ts';
import { type EcsAccount, entriesOf, freshEcsAccount, otherRegion, RegionId } from './in-process.ts';

let account: EcsAccount;

beforeAll(async () => {
  account = await freshEcsAccount();
});

describe('DescribeRegions', () => {
  it('lists the regions with names, and the host that was called as endpoint', async () => {
    const regions = async (parameters = {}) => entriesOf(await account.ok('DescribeRegions', parameters), 'Regions', 'Region');

    expect(await regions()).toEqual([
      { RegionId, RegionEndpoint: host, LocalName: '华东1（杭州）', Status: 'available' },
      { RegionId: otherRegion, RegionEndpoint: host, LocalName: '华东2（上海）', Status: 'available' },
    ]);
    expect(await regions({ AcceptLanguage: 'en-US' })).toMatchObject([
      { LocalName: 'China (Hangzhou)' },
      { LocalName: 'China (Shanghai)' },
    ]);
    expect(await regions({ AcceptLanguage: 'zh-TW' })).toEqual(await regions());
  });

  it('names a region that only this deployment has by its ID', async () => {
    const service = { regions: ['on-premises', 'constructor'], host } as unknown as Service;
    const { Regions } = await describeRegions.run({ AcceptLanguage: 'zh-CN' } as never, service);

    expect(Regions).toMatchObject({ Region: [{ LocalName: 'on-premises' }, { LocalName: 'constructor' }] });
  });
});

describe('DescribeZones', () => {
  it('lists one zone, in the requested region', async () => {
    const zones = async (region: string) => entriesOf(await account.ok('DescribeZones', { RegionId: region }), 'Zones', 'Zone');

    expect(await zones(RegionId)).toEqual([
      {
        ZoneId: 'cn-hangzhou-a',
        LocalName: 'cn-hangzhou-a',
        ZoneType: 'AvailabilityZone',
        AvailableResourceCreation: { ResourceTypes: ['Instance', 'Disk'] },
        AvailableInstanceTypes: { InstanceTypes: [] },
        AvailableDiskCategories: { DiskCategories: [] },
        AvailableDedicatedHostTypes: { DedicatedHostType: [] },
        AvailableVolumeCategories: { VolumeCategories: [] },
        DedicatedHostGenerations: { DedicatedHostGeneration: [] },
        AvailableResources: { ResourcesInfo: [] },
      },
    ]);
    expect(await zones(otherRegion)).toMatchObject([{ ZoneId: 'cn-shanghai-a' }]);
    expect(await account.refused('DescribeZones', { RegionId: 'cn-nowhere' })).toEqual({
      status: 404,
      code: 'InvalidRegionId.NotFound',
      message: 'The specified RegionId does not exist. RegionId: "cn-nowhere".',
    });
  });
});
