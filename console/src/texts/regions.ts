type Names = Readonly<Record<string, string>>;

/** The cities of the clouds' regions, as the clouds name them. A region that isn't here is shown with its ID only. */
const cities: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  'ap-guangzhou': ['Guangzhou', '广州'],
  'ap-shanghai': ['Shanghai', '上海'],
  'ap-nanjing': ['Nanjing', '南京'],
  'ap-beijing': ['Beijing', '北京'],
  'ap-chengdu': ['Chengdu', '成都'],
  'ap-chongqing': ['Chongqing', '重庆'],
  'ap-hongkong': ['Hong Kong (China)', '中国香港'],
  'ap-singapore': ['Singapore', '新加坡'],
  'ap-jakarta': ['Jakarta', '雅加达'],
  'ap-seoul': ['Seoul', '首尔'],
  'ap-tokyo': ['Tokyo', '东京'],
  'ap-bangkok': ['Bangkok', '曼谷'],
  'na-ashburn': ['Virginia', '弗吉尼亚'],
  'na-siliconvalley': ['Silicon Valley', '硅谷'],
  'sa-saopaulo': ['São Paulo', '圣保罗'],
  'eu-frankfurt': ['Frankfurt', '法兰克福'],
  'cn-hangzhou': ['Hangzhou', '杭州'],
  'cn-shanghai': ['Shanghai', '上海'],
  'cn-nanjing': ['Nanjing', '南京'],
  'cn-qingdao': ['Qingdao', '青岛'],
  'cn-beijing': ['Beijing', '北京'],
  'cn-zhangjiakou': ['Zhangjiakou', '张家口'],
  'cn-huhehaote': ['Hohhot', '呼和浩特'],
  'cn-wulanchabu': ['Ulanqab', '乌兰察布'],
  'cn-shenzhen': ['Shenzhen', '深圳'],
  'cn-heyuan': ['Heyuan', '河源'],
  'cn-guangzhou': ['Guangzhou', '广州'],
  'cn-chengdu': ['Chengdu', '成都'],
  'cn-hongkong': ['Hong Kong (China)', '中国香港'],
  'ap-southeast-1': ['Singapore', '新加坡'],
  'ap-northeast-1': ['Tokyo', '东京'],
  'us-east-1': ['Virginia', '弗吉尼亚'],
  'us-west-1': ['Silicon Valley', '硅谷'],
  'eu-central-1': ['Frankfurt', '法兰克福'],
  'cn-bj2': ['Beijing 2', '北京2'],
  'cn-sh2': ['Shanghai 2', '上海2'],
  'cn-gd': ['Guangzhou', '广州'],
  hk: ['Hong Kong (China)', '中国香港'],
  sg: ['Singapore', '新加坡'],
  'jpn-tky': ['Tokyo', '东京'],
  'us-ca': ['Los Angeles', '洛杉矶'],
  'us-ws': ['Washington', '华盛顿'],
  'ge-fra': ['Frankfurt', '法兰克福'],
};

const namesOf = (language: 0 | 1): Names =>
  Object.fromEntries(Object.entries(cities).map(([id, names]) => [id, names[language]]));

interface RegionTexts {
  readonly cities: Names;
  /** By the policy of a region. */
  readonly clouds: Names;
  readonly rulesDiffer: string;
}

const en: RegionTexts = {
  cities: namesOf(0),
  clouds: { tencent: 'Tencent Cloud', alibaba: 'Alibaba Cloud', ucloud: 'UCloud' },
  rulesDiffer: 'Sharing rules differ between clouds.',
};

const zh: RegionTexts = {
  cities: namesOf(1),
  clouds: { tencent: '腾讯云', alibaba: '阿里云', ucloud: 'UCloud' },
  rulesDiffer: '各云平台的共享规则不同。',
};

export const regionTexts = { en, zh };
