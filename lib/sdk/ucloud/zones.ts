import type { Region } from '../../model/ids.ts';
import { ProviderError } from '../wire.ts';
import { wrongParameter } from './errors.ts';

/**
 * The zones of UCloud, with their names. Sources: https://docs.ucloud.cn/api/summary/regionlist; for cn-bj2-04, which is no longer
 * in that list, https://docs.ucloud.cn/api/uhost-api/reinstall_uhost_instance.
 */
const zoneNames: Readonly<Record<string, string>> = {
  'afr-nigeria-01': '尼日利亚（拉各斯）可用区A',
  'bra-saopaulo-01': '巴西（圣保罗）可用区A',
  'cn-bj1-01': '华北（北京）可用区A',
  'cn-bj2-02': '华北（北京2）可用区B',
  'cn-bj2-03': '华北（北京2）可用区C',
  'cn-bj2-04': '华北（北京2）可用区D',
  'cn-bj2-05': '华北（北京2）可用区E',
  'cn-gd-02': '华南（广州）可用区B',
  'cn-gd2-01': '华南（广州2）可用区A',
  'cn-guiyang1-01': '西南（贵阳）可用区A',
  'cn-jx-01': '华东（嘉兴）可用区A',
  'cn-sh-01': '金融云-华东（上海）可用区A',
  'cn-sh-02': '金融云-华东（上海）可用区B',
  'cn-sh-03': '金融云-华东（上海）可用区C',
  'cn-sh2-01': '华东（上海2）可用区A',
  'cn-sh2-02': '华东（上海2）可用区B',
  'cn-sh2-03': '华东（上海2）可用区C',
  'cn-wlcb-01': '华北（乌兰察布）可用区A',
  'cn-wlcb-03': '华北（乌兰察布）可用区C',
  'cn-wlcb2-01': '华北（乌兰察布2）可用区A',
  'ge-fra-01': '德国（法兰克福）可用区A',
  'hk-02': '香港可用区B',
  'hk-03': '香港可用区C',
  'idn-jakarta-01': '印度尼西亚（雅加达）可用区A',
  'ind-mumbai-01': '印度（孟买）可用区A',
  'jpn-tky-01': '日本（东京）可用区A',
  'kr-seoul-01': '韩国（首尔）可用区A',
  'kz-ala-01': '哈萨克斯坦（阿拉木图）可用区A',
  'mx-mex-01': '墨西哥（墨西哥城）可用区A',
  'ph-mnl-01': '菲律宾（马尼拉）可用区A',
  'pk-khi-01': '巴基斯坦（卡拉奇）可用区A',
  'rus-mosc-01': '俄罗斯（莫斯科）可用区A',
  'rus-mosc-02': '俄罗斯（莫斯科）可用区B',
  'sg-01': '新加坡可用区A',
  'sg-02': '新加坡可用区B',
  'th-bkk-02': '泰国（曼谷）可用区B',
  'tw-tp-01': '台湾（台北）可用区A',
  'uae-dubai-01': '阿联酋（迪拜）可用区A',
  'uk-london-01': '英国（伦敦）可用区A',
  'us-ca-01': '美国（洛杉矶）可用区A',
  'us-den-01': '美国（丹佛）可用区A',
  'us-ws-01': '美国（华盛顿）可用区A',
  'uz-tas-01': '乌兹别克斯坦（塔什干）可用区A',
  'vn-sng-01': '越南（胡志明）可用区A',
};

/** The only zone of a region, named like UCloud's, such as `cn-bj2-02`. */
export const zoneOf = (region: Region): string => `${region}-02`;

/** The name of the region's zone: the region, if UCloud has no such zone. */
export const zoneNameOf = (region: Region): string => zoneNames[zoneOf(region)] ?? region;

const wrongZone = (zone: string, region: Region) =>
  new ProviderError(wrongParameter('Zone', `must be ${zoneOf(region)}, the zone of ${region} in this deployment`, zone));

/** Throws ProviderError if the request names a zone that isn't the region's. */
export function requireZone(zone: string | undefined, region: Region): void {
  if (zone !== undefined && zone !== zoneOf(region)) {
    throw wrongZone(zone, region);
  }
}

/**
 * Returns whether a list that is filtered by zone can have entries. UCloud's other zones of the region have none. Throws
 * ProviderError for any other zone.
 */
export function hasEntriesIn(zone: string | undefined, region: Region): boolean {
  if (zone === undefined || zone === zoneOf(region)) {
    return true;
  }
  if (!(Object.hasOwn(zoneNames, zone) && zone.startsWith(`${region}-`))) {
    throw wrongZone(zone, region);
  }
  return false;
}
