import { byPrincipalKind, type PrincipalKind, principalZh } from '../texts/wording.ts';

/** What happened to an image or a share, and the names of the fields of a record. */
const en = (kind: PrincipalKind) => ({
  when: 'Time',
  who: 'Performed by',
  what: 'Activity',
  about: 'Description',
  from: 'Source IP address',
  requestId: 'Request ID',
  recipient: kind === 'account' ? 'Recipient account ID' : 'Recipient project ID',
  service: 'Image sharing service',
  compute: 'Compute platform',
  /** Of a change that did the same for all recipients. */
  allRecipients: (ids: string, count: number) => `${count === 1 ? 'Recipient' : 'Recipients'}: ${ids}.`,
  recipients: (added: string, removed: string, rescheduled: string) =>
    [added && `Added: ${added}.`, removed && `Removed: ${removed}.`, rescheduled && `Expiration changed: ${rescheduled}.`]
      .filter(Boolean)
      .join(' '),
  previously: (id: string, before: string) => `${id} (was ${before})`,
  expires: (at: string) => `Expires: ${at}.`,
  never: 'never',
  changed: (details: string) => `Changed: ${details}.`,
  details: { name: 'name', description: 'description', tags: 'tags', products: 'compatible products' },
  andMore: (ids: string, more: number) => `${ids}, and ${more} more`,
  sourceImage: (id: string, region: string) => `Source image: ${id} (${region})`,
  stopReasons: { left: 'Recipient gave up access', closed: 'Recipient was closed' },
  deprecated: 'Deprecated',
  restored: 'Deprecation canceled',
  /** What a change means for a recipient. */
  received: {
    added: 'Shared with you',
    rescheduled: 'Your access has a new expiration',
    removed: 'No longer shared with you',
    left: 'You gave up access',
    expired: 'Your access expired',
    deleted: 'Image deleted by its owner; your access ended',
    failed: "Image couldn't be created; your access ended",
  },
  actionNames: {
    ImportImage: 'Registered',
    CopyImage: 'Copied from another image',
    SaveSharedImage: 'Saved from a shared image',
    CreateImageFromInstance: 'Created from an instance',
    PutPublicImage: 'Public image updated',
    UpdateImage: 'Details edited',
    ReportImageState: 'Status changed',
    PlanImageShares: 'Sharing planned',
    DropPlannedShares: 'Planned sharing canceled',
    ShareImage: 'Shared',
    CancelImageShares: 'Sharing stopped',
    SetImageShares: 'Recipient list replaced',
    ChangeImageShares: 'Recipients updated',
    ExpireImageShares: 'Shares expired',
    DeleteImage: 'Deleted',
    DeletePublicImage: 'Public image deleted',
  } as Readonly<Record<string, string>>,
});

export type RecordTexts = ReturnType<typeof en>;

const zh = (kind: PrincipalKind): RecordTexts => ({
  when: '操作时间',
  who: '操作者',
  what: '操作',
  about: '详情',
  from: '来源 IP 地址',
  requestId: '请求 ID',
  recipient: `共享对象的${principalZh[kind]} ID`,
  service: '系统',
  compute: '计算平台',
  allRecipients: (ids) => `共享对象：${ids}。`,
  recipients: (added, removed, rescheduled) =>
    [added && `新增：${added}。`, removed && `移除：${removed}。`, rescheduled && `更改到期时间：${rescheduled}。`]
      .filter(Boolean)
      .join(''),
  previously: (id, before) => `${id}（原为 ${before}）`,
  expires: (at) => `到期时间：${at}。`,
  never: '永久有效',
  changed: (details) => `已更改：${details}。`,
  details: { name: '名称', description: '描述', tags: '标签', products: '支持的产品' },
  andMore: (ids, more) => `${ids} 等，另有 ${more} 个`,
  sourceImage: (id, region) => `源镜像：${id}（${region}）`,
  stopReasons: { left: '退出共享', closed: `共享对象的${principalZh[kind]}已关闭` },
  deprecated: '弃用',
  restored: '取消弃用',
  received: {
    added: '共享给您',
    rescheduled: '您的共享到期时间已更改',
    removed: '已取消对您的共享',
    left: '您已退出共享',
    expired: '对您的共享已到期',
    deleted: '所有者已删除镜像，对您的共享已终止',
    failed: '镜像制作失败，对您的共享已终止',
  },
  actionNames: {
    ImportImage: '注册镜像',
    CopyImage: '复制镜像',
    SaveSharedImage: '保存共享镜像',
    CreateImageFromInstance: '制作镜像',
    PutPublicImage: '更新公共镜像',
    UpdateImage: '编辑信息',
    ReportImageState: '状态变更',
    PlanImageShares: '计划共享',
    DropPlannedShares: '取消计划共享',
    ShareImage: '共享',
    CancelImageShares: '取消共享',
    SetImageShares: `替换已共享的${principalZh[kind]}列表`,
    ChangeImageShares: `更新已共享的${principalZh[kind]}`,
    ExpireImageShares: '共享到期',
    DeleteImage: '删除镜像',
    DeletePublicImage: '删除公共镜像',
  },
});

export const recordTexts = { en: byPrincipalKind(en), zh: byPrincipalKind(zh) };
