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
  });
});

describe('DescribeZones', () => {
  it('lists one zone, in the requested region', async () => {
    const zones = async (region: string) => entriesOf(await account.ok('DescribeZones', { RegionId: region }), 'Zones', 'Zone');

    expect(await zones(RegionId)).toMatchObject([
      {
        ZoneId: 'cn-hangzhou-a',
        AvailableResourceCreation: { ResourceTypes: ['Instance', 'Disk'] },
        AvailableInstanceTypes: { InstanceTypes: [] },
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
