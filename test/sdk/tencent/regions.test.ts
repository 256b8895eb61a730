import type { Region } from '../../../lib/model/ids.ts';
import { regionFromShort, regionNameOf, zoneOfInstances, zonesOf } from '../../../lib/sdk/tencent/regions.ts';
import { freshCaller } from './calls-in-process.ts';

const region = (name: string) => name as Region;

describe('regions', () => {
  it('have the names of the cloud', () => {
    expect(regionNameOf(region('ap-guangzhou'))).toBe('South China (Guangzhou)');
    expect(regionNameOf(region('na-ashburn'))).toBe('US East (Virginia)');
  });

  it('have their ID as the name, and one zone, if the cloud has no such region', () => {
    for (const name of ['ap-own', 'constructor']) {
      expect(regionNameOf(region(name))).toBe(name);
      expect(zonesOf(region(name))).toEqual([{ zone: `${name}-1`, name: `${name} Zone 1`, id: '' }]);
    }
  });

  it('have an unambiguous short name', () => {
    const names = [
      'gz',
      'sh',
      'bj',
      'cd',
      'cq',
      'hk',
      'sg',
      'th',
      'kr',
      'jp',
      'de',
      'in',
      'ca',
      'usw',
      'use',
      'nj',
      'shjr',
      'szjr',
    ];
    expect(new Set(names.map(regionFromShort)).size).toBe(names.length);
    expect(names.filter((name) => regionFromShort(name) === name)).toEqual([]);
  });
});

describe('DescribeZones', () => {
  it('returns the zones of the region, which Packer requires, with their names and IDs', async () => {
    const { call } = await freshCaller();
    const { TotalCount, ZoneSet } = await call('DescribeZones');
    expect(TotalCount).toBe(6);
    expect(ZoneSet).toContainEqual({
      Zone: 'ap-guangzhou-3',
      ZoneName: 'Guangzhou Zone 3',
      ZoneId: '100003',
      ZoneState: 'AVAILABLE',
    });
    expect(ZoneSet).toContainEqual(expect.objectContaining({ Zone: zoneOfInstances(region('ap-guangzhou')) }));
    expect(await call('DescribeZones', {}, { region: 'ap-shanghai' })).toMatchObject({
      TotalCount: 5,
      ZoneSet: expect.arrayContaining([expect.objectContaining({ Zone: 'ap-shanghai-2' })]),
    });
  });

  it('refuses parameters, a region of another cloud, and no region', async () => {
    const { call } = await freshCaller();
    expect((await call('DescribeZones', { Zone: 'ap-guangzhou-3' })).Error?.Code).toBe('UnknownParameter');
    expect((await call('DescribeZones', {}, { region: 'cn-hangzhou' })).Error?.Code).toBe('UnsupportedRegion');
    expect((await call('DescribeZones', {}, { region: '' })).Error?.Code).toBe('MissingParameter');
  });
});
