import * as z from 'zod';
import { wireAction } from '../wire.ts';
import { oneOf } from './parameters.ts';

/** The languages of names. Names that aren't Chinese are in English. Source: DescribeRegions in the SDK reference. */
export const AcceptLanguage = oneOf(['zh-CN', 'zh-TW', 'en-US', 'ja', 'fr', 'de', 'ko']).default('zh-CN');

/** The names of public regions in Chinese and English. Source: help.aliyun.com/document_detail/40654.html. */
const names: Readonly<Record<string, readonly [chinese: string, english: string]>> = {
  'cn-qingdao': ['华北1（青岛）', 'China (Qingdao)'],
  'cn-beijing': ['华北2（北京）', 'China (Beijing)'],
  'cn-zhangjiakou': ['华北3（张家口）', 'China (Zhangjiakou)'],
  'cn-huhehaote': ['华北5（呼和浩特）', 'China (Hohhot)'],
  'cn-wulanchabu': ['华北6（乌兰察布）', 'China (Ulanqab)'],
  'cn-hangzhou': ['华东1（杭州）', 'China (Hangzhou)'],
  'cn-shanghai': ['华东2（上海）', 'China (Shanghai)'],
  'cn-shenzhen': ['华南1（深圳）', 'China (Shenzhen)'],
  'cn-heyuan': ['华南2（河源）', 'China (Heyuan)'],
  'cn-guangzhou': ['华南3（广州）', 'China (Guangzhou)'],
  'cn-chengdu': ['西南1（成都）', 'China (Chengdu)'],
  'cn-hongkong': ['中国香港', 'China (Hong Kong)'],
  'ap-southeast-1': ['新加坡', 'Singapore'],
  'ap-southeast-3': ['马来西亚（吉隆坡）', 'Malaysia (Kuala Lumpur)'],
  'ap-southeast-5': ['印度尼西亚（雅加达）', 'Indonesia (Jakarta)'],
  'ap-southeast-6': ['菲律宾（马尼拉）', 'Philippines (Manila)'],
  'ap-southeast-7': ['泰国（曼谷）', 'Thailand (Bangkok)'],
  'ap-northeast-1': ['日本（东京）', 'Japan (Tokyo)'],
  'ap-northeast-2': ['韩国（首尔）', 'South Korea (Seoul)'],
  'us-west-1': ['美国（硅谷）', 'US (Silicon Valley)'],
  'us-east-1': ['美国（弗吉尼亚）', 'US (Virginia)'],
  'eu-central-1': ['德国（法兰克福）', 'Germany (Frankfurt)'],
  'eu-west-1': ['英国（伦敦）', 'UK (London)'],
  'me-east-1': ['阿联酋（迪拜）', 'UAE (Dubai)'],
};

/** The ID for regions that only this deployment has. */
function nameOf(region: string, language: string): string {
  const [chinese = region, english = region] = (Object.hasOwn(names, region) && names[region]) || [];
  return language === 'zh-CN' || language === 'zh-TW' ? chinese : english;
}

/**
 * Lists the deployment's regions of this cloud. Their endpoint is the host that was called: with the cloud's own endpoints,
 * clients would send their next calls to the cloud.
 */
export const describeRegions = wireAction({
  parameters: z.object({
    AcceptLanguage,
    InstanceChargeType: oneOf(['PrePaid', 'PostPaid', 'SpotWithPriceLimit', 'SpotAsPriceGo']).optional(),
    ResourceType: oneOf(['instance', 'disk', 'reservedinstance', 'scu']).optional(),
  }),
  run: async ({ AcceptLanguage: language }, { regions, host }) => ({
    Regions: {
      Region: regions.map((region) => ({
        RegionId: region,
        RegionEndpoint: host,
        LocalName: nameOf(region, language),
        Status: 'available',
      })),
    },
  }),
});
