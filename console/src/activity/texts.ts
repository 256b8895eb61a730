import { countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

const en = {
  title: 'Activity',
  about: (kind: PrincipalKind, id: string) =>
    `Changes to images of ${kind} ${id}, and to images shared with it, in all regions${kind === 'account' ? ' whose images belong to accounts' : ''}. New activity can take a few seconds to appear. Times are in your browser's time zone.`,
  count: (count: number) => countOf(count, 'entry', 'entries'),
  search: 'Filter by activity, image ID, region, who performed it, or recipient',
  /** For the activity of one image. */
  searchOne: 'Filter by activity, who performed it, or recipient',
  time: 'Filter by time',
  anyTime: 'Any time',
  region: 'Region',
  image: 'Image',
  imageId: 'Image ID',
  action: 'API action',
  use: (typed: string) => `Use: ${typed}`,
  loadFailed: "Couldn't load activity",
  none: 'No activity',
  noneText: 'Changes to your images, and to images shared with you, appear here.',
  rangeEmpty: 'Choose a range.',
  rangeBackwards: 'The end must be after the start.',
};

const zh: typeof en = {
  title: '操作记录',
  about: (kind, id) =>
    `${principalZh[kind]} ${id} 在所有${kind === 'account' ? '按账号管理镜像的' : ''}地域的镜像变更，以及他人共享镜像的变更。新记录可能需要几秒钟才会显示。时间以浏览器时区为准。`,
  count: (count) => `${count} 条记录`,
  search: '按操作、镜像 ID、地域、操作者或共享对象筛选',
  searchOne: '按操作、操作者或共享对象筛选',
  time: '按时间筛选',
  anyTime: '全部时间',
  region: '地域',
  image: '镜像',
  imageId: '镜像 ID',
  action: 'API 操作',
  use: (typed) => `使用：${typed}`,
  loadFailed: '操作记录加载失败',
  none: '暂无操作记录',
  noneText: '您的镜像以及他人共享给您的镜像发生变更时，会显示在此处。',
  rangeEmpty: '请选择时间范围。',
  rangeBackwards: '结束时间必须晚于开始时间。',
};

export const activityTexts = { en, zh };
