import { countOf } from '../texts/wording.ts';

/** Whose images the lists cover: an account, and one of its projects if it has any. */
const ownersIn = (account: string, project: string | undefined, hasOthers: boolean): string =>
  project === undefined
    ? `account ${account}`
    : `account ${account} and project ${project}${hasOthers ? ', not of your other projects' : ''}`;

const ownersInZh = (account: string, project: string | undefined, hasOthers: boolean): string =>
  project === undefined ? `账号 ${account} ` : `账号 ${account} 和项目 ${project}${hasOthers ? '（不含其他项目）' : ' '}`;

const en = {
  title: 'Recipients',
  about: (account: string, project: string | undefined, hasOthers: boolean) =>
    `Accounts and projects that can use images of ${ownersIn(account, project, hasOthers)}. Images that you created a moment ago can be missing. Times are in your browser's time zone.`,
  count: (count: number) => countOf(count, 'recipient'),
  search: 'Find recipients by ID, name, or note',
  select: (id: string) => `Select ${id}`,
  selection: 'Recipient selection',
  loadFailed: "Couldn't load recipients",
  none: 'No recipients',
  noneText: "Your images aren't shared. To share an image, choose it in Custom images.",
  viewImages: 'View custom images',
  recipient: 'Recipient',
  recipientId: 'Recipient ID',
  recipientName: 'Recipient name',
  images: 'Images',
  regions: 'Regions',
  nextExpiration: 'Next expiration',
  viewAll: 'View all shares',
  refresh: 'Refresh',

  allShares: 'All shares',
  allSharesText: (account: string, project: string | undefined, hasOthers: boolean) =>
    `Shares of all images of ${ownersIn(account, project, hasOthers)}, by image, the newest image first. Times are in your browser's time zone.`,
  sharedWith: (recipient: string) => `Shared with ${recipient}`,
  sharedWithText: (account: string, project: string | undefined, hasOthers: boolean) =>
    `What this recipient can use of the images of ${ownersIn(account, project, hasOthers)}, the latest share first. Times are in your browser's time zone.`,
  shareCount: (count: number) => countOf(count, 'share'),
  sharesFailed: "Couldn't load shares",
  noShares: 'No shares',
  noSharesText: (recipient: string | undefined) =>
    recipient === undefined ? "Your images aren't shared." : `None of your images is shared with ${recipient}.`,
  image: 'Image',
  imageId: 'Image ID',
  region: 'Region',
  since: 'Shared on',
  until: 'Expires',
  by: 'Shared by',
  lastUse: 'Last used',
  neverUsed: 'Never used',

  filterByRegion: 'Filter by region',
  allRegions: 'All regions',
  filterByExpiration: 'Filter by expiration',
  anyExpiration: 'Any expiration',
  expiresWithin: (days: number) => `Expires within ${days} days`,
  filterByUse: 'Filter by use',
  anyUse: 'Used or not',
  unusedFor: (days: number) => `Not used for ${days} days`,

  stop: 'Stop all sharing',
  stopTitle: (recipient: string) => `Stop all sharing with ${recipient}`,
  stopText: (images: number, recipient: string, isMore: boolean, hasOtherProjects: boolean) =>
    `${recipient} immediately loses access to ${isMore ? `more than ${images} images` : countOf(images, 'image')} in all regions, and can no longer launch, reinstall, or reinitialize instances from ${images === 1 ? 'it' : 'them'}. Running instances and saved copies aren't affected.${hasOtherProjects ? ' Images of your other projects stay shared.' : ''}`,
  stopImages: (images: number, isMore: boolean) => `Images (${images}${isMore ? '+' : ''})`,
  confirmLabel: (recipient: string) => `To confirm, enter ${recipient}`,
  confirmMismatch: (recipient: string) => `Enter ${recipient} exactly.`,
  nothingToStop: (recipient: string) => `Nothing is shared with ${recipient}.`,
  checking: 'Checking what would be stopped',
  stopping: (done: number) => `Stopped sharing ${countOf(done, 'image')}`,
  stopped: (recipient: string, images: number) =>
    images === 0 ? `Nothing was shared with ${recipient}.` : `Stopped sharing ${countOf(images, 'image')} with ${recipient}.`,
  partlyStopped: (stopped: number, failed: number) =>
    `Stopped sharing ${countOf(stopped, 'image')}. ${failed === 0 ? 'Others are left.' : `${countOf(failed, 'image')} couldn't be changed:`}`,
  tryAgain: 'Try again',
};

const zh: typeof en = {
  title: '共享对象',
  about: (account, project, hasOthers) =>
    `以下账号和项目可以使用${ownersInZh(account, project, hasOthers)}的镜像。刚创建的镜像可能暂未计入。时间以浏览器时区为准。`,
  count: (count) => `${count} 个共享对象`,
  search: '按 ID、名称或备注查找共享对象',
  select: (id) => `选择 ${id}`,
  selection: '选择共享对象',
  loadFailed: '共享对象加载失败',
  none: '暂无共享对象',
  noneText: '您的镜像均未共享。如需共享，请在“自定义镜像”中选择镜像。',
  viewImages: '查看自定义镜像',
  recipient: '共享对象',
  recipientId: '共享对象 ID',
  recipientName: '共享对象名称',
  images: '镜像数',
  regions: '地域',
  nextExpiration: '最近到期时间',
  viewAll: '查看所有共享',
  refresh: '刷新',

  allShares: '所有共享',
  allSharesText: (account, project, hasOthers) =>
    `${ownersInZh(account, project, hasOthers)}的全部镜像的共享，按镜像创建时间从新到旧排列。时间以浏览器时区为准。`,
  sharedWith: (recipient) => `共享给 ${recipient} 的镜像`,
  sharedWithText: (account, project, hasOthers) =>
    `该共享对象可使用的${ownersInZh(account, project, hasOthers)}的镜像，按共享时间从新到旧排列。时间以浏览器时区为准。`,
  shareCount: (count) => `${count} 条共享`,
  sharesFailed: '共享加载失败',
  noShares: '暂无共享',
  noSharesText: (recipient) => (recipient === undefined ? '您的镜像均未共享。' : `您没有镜像共享给 ${recipient}。`),
  image: '镜像',
  imageId: '镜像 ID',
  region: '地域',
  since: '共享时间',
  until: '到期时间',
  by: '操作者',
  lastUse: '最近使用时间',
  neverUsed: '从未使用',

  filterByRegion: '按地域筛选',
  allRegions: '所有地域',
  filterByExpiration: '按到期时间筛选',
  anyExpiration: '不限到期时间',
  expiresWithin: (days) => `${days} 天内到期`,
  filterByUse: '按使用情况筛选',
  anyUse: '不限使用情况',
  unusedFor: (days) => `${days} 天未使用`,

  stop: '取消全部共享',
  stopTitle: (recipient) => `取消对 ${recipient} 的全部共享`,
  stopText: (images, recipient, isMore, hasOtherProjects) =>
    `${recipient} 将立即无法使用您在所有地域的 ${images} ${isMore ? '多' : ''}个镜像创建实例、重装系统或重新初始化系统盘。运行中的实例和已保存的镜像不受影响。${hasOtherProjects ? '您其他项目的镜像仍保持共享。' : ''}`,
  stopImages: (images, isMore) => `镜像（${images}${isMore ? '+' : ''}）`,
  confirmLabel: (recipient) => `如需确认，请输入 ${recipient}`,
  confirmMismatch: (recipient) => `请准确输入 ${recipient}。`,
  nothingToStop: (recipient) => `没有共享给 ${recipient} 的镜像。`,
  checking: '正在检查将取消哪些共享',
  stopping: (done) => `已取消 ${done} 个镜像的共享`,
  stopped: (recipient, images) =>
    images === 0 ? `没有共享给 ${recipient} 的镜像。` : `已取消 ${images} 个镜像对 ${recipient} 的共享。`,
  partlyStopped: (stopped, failed) =>
    `已取消 ${stopped} 个镜像的共享，${failed === 0 ? '仍有镜像尚未处理。' : `以下 ${failed} 个镜像取消失败：`}`,
  tryAgain: '重试',
};

export const recipientsTexts = { en, zh };
export type RecipientsTexts = typeof en;
