import type { Region } from '../../model/ids.ts';

interface RegionDetails {
  readonly name: string;
  /** What the names of its zones start with. */
  readonly city: string;
  /** Its name in API 2.0. */
  readonly short: string;
  readonly zones: readonly number[];
  /** The ID of a zone is this and its number. Absent if unknown. */
  readonly zoneIds?: number;
}

/**
 * What Tencent Cloud documents about its regions. Any zone can be used here. Sources: the data type ZoneInfo in
 * github.com/TencentCloud/tencentcloud-sdk-go, cvm/v20170312/models.go (zones);
 * https://www.tencentcloud.com/document/product/213/6091 (names); https://intl.cloud.tencent.com/document/product/214/11594 and
 * ShortRegionNameParse in terraform-provider-tencentcloud, tencentcloud/common/common.go (short names); zoneMaps in
 * github.com/yunionio/cloudpods, pkg/multicloud/qcloud/elasticcache.go (zone IDs).
 */
const documented: Readonly<Record<string, RegionDetails>> = {
  'ap-bangkok': { name: 'Southeast Asia (Bangkok)', city: 'Bangkok', short: 'th', zones: [1, 2], zoneIds: 230_000 },
  'ap-beijing': { name: 'North China (Beijing)', city: 'Beijing', short: 'bj', zones: [1, 3, 4, 5, 6, 7], zoneIds: 800_000 },
  'ap-chengdu': { name: 'Southwest China (Chengdu)', city: 'Chengdu', short: 'cd', zones: [1, 2], zoneIds: 160_000 },
  'ap-chongqing': { name: 'Southwest China (Chongqing)', city: 'Chongqing', short: 'cq', zones: [1], zoneIds: 190_000 },
  'ap-guangzhou': {
    name: 'South China (Guangzhou)',
    city: 'Guangzhou',
    short: 'gz',
    zones: [1, 2, 3, 4, 6, 7],
    zoneIds: 100_000,
  },
  'ap-hongkong': {
    name: 'Hong Kong/Macao/Taiwan (Hong Kong, China)',
    city: 'Hong Kong',
    short: 'hk',
    zones: [1, 2, 3],
    zoneIds: 300_000,
  },
  'ap-jakarta': { name: 'Southeast Asia (Jakarta)', city: 'Jakarta', short: 'jkt', zones: [1, 2] },
  'ap-mumbai': { name: 'South Asia (Mumbai)', city: 'Mumbai', short: 'in', zones: [1, 2], zoneIds: 210_000 },
  'ap-nanjing': { name: 'East China (Nanjing)', city: 'Nanjing', short: 'nj', zones: [1, 2, 3], zoneIds: 330_000 },
  'ap-seoul': { name: 'Northeast Asia (Seoul)', city: 'Seoul', short: 'kr', zones: [1, 2], zoneIds: 180_000 },
  'ap-shanghai': { name: 'East China (Shanghai)', city: 'Shanghai', short: 'sh', zones: [2, 3, 4, 5, 8], zoneIds: 200_000 },
  'ap-shanghai-fsi': {
    name: 'East China (Shanghai Finance)',
    city: 'Shanghai Finance',
    short: 'shjr',
    zones: [1, 2, 3],
    zoneIds: 700_000,
  },
  'ap-shenzhen-fsi': {
    name: 'South China (Shenzhen Finance)',
    city: 'Shenzhen Finance',
    short: 'szjr',
    zones: [1, 2, 3],
    zoneIds: 110_000,
  },
  'ap-singapore': {
    name: 'Southeast Asia (Singapore)',
    city: 'Singapore',
    short: 'sg',
    zones: [1, 2, 3, 4],
    zoneIds: 900_000,
  },
  'ap-tokyo': { name: 'Northeast Asia (Tokyo)', city: 'Tokyo', short: 'jp', zones: [1, 2], zoneIds: 250_000 },
  'eu-frankfurt': { name: 'Europe (Frankfurt)', city: 'Frankfurt', short: 'de', zones: [1, 2], zoneIds: 170_000 },
  'eu-moscow': { name: 'Europe (Moscow)', city: 'Moscow', short: 'ru', zones: [1], zoneIds: 240_000 },
  'na-ashburn': { name: 'US East (Virginia)', city: 'Virginia', short: 'use', zones: [1, 2], zoneIds: 220_000 },
  'na-siliconvalley': {
    name: 'US West (Silicon Valley)',
    city: 'Silicon Valley',
    short: 'usw',
    zones: [1, 2],
    zoneIds: 150_000,
  },
  'na-toronto': { name: 'North America (Toronto)', city: 'Toronto', short: 'ca', zones: [1], zoneIds: 400_000 },
  'sa-saopaulo': { name: 'South America (Sao Paulo)', city: 'Sao Paulo', short: 'sao', zones: [1] },
};

/** Whether the cloud documents a region of this name. */
export const isRegionOfCloud = (name: string): boolean => Object.hasOwn(documented, name);

const detailsOf = (region: Region): RegionDetails | undefined =>
  Object.hasOwn(documented, region) ? documented[region] : undefined;

/** The name of a region. Its ID if the cloud has no such region. */
export const regionNameOf = (region: Region): string => detailsOf(region)?.name ?? region;

/** The zones of a region. A region that the cloud doesn't have has one. */
export function zonesOf(region: Region) {
  const { city, zones, zoneIds } = detailsOf(region) ?? { city: region, zones: [1] };
  return zones.map((number) => ({
    zone: `${region}-${number}`,
    name: `${city} Zone ${number}`,
    id: zoneIds === undefined ? '' : String(zoneIds + number),
  }));
}

/** The zone that all instances of a region are reported in, because the service doesn't record zones. */
export const zoneOfInstances = (region: Region): string => zonesOf(region)[0]?.zone ?? region;

/** Returns the ID of a region that API 2.0 calls `gz`. Returns any other name unchanged. */
export const regionFromShort = (name: string): string =>
  Object.entries(documented).find(([, { short }]) => short === name)?.[0] ?? name;
