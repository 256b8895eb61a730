import { byPrincipalKind, countOf, type PrincipalKind, principalZh } from '../texts/wording.ts';

/** Texts of the dialog that shares images, and of the fields that other dialogs use too. */
const en = (kind: PrincipalKind) => ({
  shareOne: (name: string) => `Share ${name}`,
  shareMany: (n: number) => `Share ${countOf(n, 'image')}`,
  share: (n: number): string => (n === 1 ? 'Share image' : 'Share images'),
  retry: 'Retry',
  recipients: kind === 'account' ? 'Account IDs' : 'Project IDs',
  recipientsHint: (max: number) =>
    kind === 'account'
      ? `Enter or paste up to ${max} account IDs, separated by spaces, commas, or new lines.`
      : `Enter or paste up to ${max} project IDs, separated by spaces, commas, or new lines. Account IDs aren't accepted in this region.`,
  add: 'Add',
  recent: 'Recent recipients',
  clearRecent: 'Clear recent recipients',
  entered: (n: number) => countOf(n, 'recipient'),
  more: (n: number) => `and ${n} more`,
  removeAll: 'Remove all',
  removeInvalid: (n: number) => `Remove ${countOf(n, 'invalid ID')}`,
  removeId: (id: string) => `Remove ${id}`,
  invalid: (n: number) => countOf(n, 'invalid ID'),
  discard: (n: number) => `You entered ${countOf(n, 'recipient')}. Nothing is shared with them yet.`,
  discardButton: 'Discard and close',
  now: (used: number, cap: number) => `${used} of ${countOf(cap, 'recipient')}`,
  otherImages: (n: number) => `${countOf(n, 'image')} within the limit`,
  checking: 'Validating IDs',
  checked: 'All IDs are valid',
  idsToFix: 'Notes about IDs',
  length: (max: number) => `IDs can have up to ${max} characters.`,
  characters: 'IDs must start with a letter or digit and can contain letters, digits, periods, underscores, and hyphens.',
  owner: "You can't share an image with its owner.",
  unknown: `No ${kind} found with this ID.`,
  accountId: 'This is an account ID. Enter a project ID.',
  declines: "Doesn't accept images from you.",
  alreadyShared: 'Already has access.',
  alreadySharedSome: (n: number, all: number) => `Already has access to ${n} of ${countOf(all, 'image')}.`,
  duplicate: 'Duplicate ID. Counted once.',
  noRecipients: `Enter at least one ${kind} ID.`,
  invalidIds: 'Correct or remove the invalid IDs.',
  tooMany: (excess: number, max: number) => `You can add up to ${max} recipients at a time. Remove ${excess} to continue.`,
  limit: 'Sharing limit',
  afterSharing: (left: number, cap: number) => `${cap - left} of ${countOf(cap, 'recipient')} after sharing`,
  overLimit: (over: number, used: number, cap: number) =>
    `${countOf(over, 'recipient')} over the sharing limit: this image is already shared with ${used} of ${countOf(cap, 'recipient')}. Remove ${countOf(over, 'ID')}, stop sharing with others, or share a copy of the image.`,
  overAllLimits: 'Over the sharing limit. See below.',
  expiration: 'Expires',
  never: 'Never',
  neverForAll: 'Never, also for recipients that already have access',
  at: 'On a specific date',
  expirationHint: 'With “Never”, recipients that already have access keep their expiration. A date applies to all.',
  date: 'Date',
  time: 'Time',
  zone: (zone: string) => `Time zone: ${zone}`,
  incomplete: 'Enter a date and time.',
  past: 'Enter a date and time in the future.',
  riskTitle: 'Remove sensitive data before you share',
  risk: "Recipients can launch instances from this image and create their own images from those instances. Make sure that it contains no sensitive data, and no software that you aren't allowed to share.",
  visible: 'Recipients can also see the name, description, and tags of the image.',
  acknowledge: "I confirm that this image contains no sensitive data, and no software that I'm not allowed to share.",
  notAcknowledged: 'Select the check box to continue.',
  results: 'Results',
  shared: (n: number) => `Shared with ${countOf(n, 'recipient')}.`,
  sharedOne: (name: string, n: number, alreadyShared: number, isRescheduled: boolean): string => {
    if (alreadyShared < n) {
      return `Shared ${name} with ${countOf(n, 'recipient')}${alreadyShared > 0 ? ` (${alreadyShared} already had access)` : ''}.`;
    }
    return isRescheduled
      ? `Updated the expiration of ${countOf(n, 'recipient')} of ${name}.`
      : `No change: ${n === 1 ? 'the recipient' : `all ${n} recipients`} already had access to ${name}.`;
  },
  total: (used: number, cap: number) => `It has ${used} of ${countOf(cap, 'recipient')}.`,
  sharedMany: (images: number, n: number) => `Shared ${countOf(images, 'image')} with ${countOf(n, 'recipient')}.`,
  failedFor: (name: string) => `Failed to share ${name}`,
});

type SharingTexts = ReturnType<typeof en>;

const zh = (kind: PrincipalKind): SharingTexts => {
  const principal = principalZh[kind];
  return {
    shareOne: (name) => `共享镜像：${name}`,
    shareMany: (n) => `共享 ${n} 个镜像`,
    share: () => '共享',
    retry: '重试',
    recipients: `${principal} ID`,
    recipientsHint: (max) =>
      `请输入或粘贴对方的${principal} ID，一次最多 ${max} 个，以空格、逗号或换行分隔。${kind === 'project' ? '此地域不支持使用账号 ID。' : ''}`,
    add: '添加',
    recent: `最近共享的${principal}`,
    clearRecent: '清除最近记录',
    entered: (n) => `${n} 个${principal}`,
    more: (n) => `另有 ${n} 个`,
    removeAll: '全部移除',
    removeInvalid: (n) => `移除 ${n} 个无效 ID`,
    removeId: (id) => `移除 ${id}`,
    invalid: (n) => `${n} 个无效 ID`,
    discard: (n) => `您输入了 ${n} 个${principal}，尚未共享。`,
    discardButton: '放弃并关闭',
    now: (used, cap) => `已共享 ${used} 个，上限 ${cap} 个`,
    otherImages: (n) => `${n} 个镜像未超出上限`,
    checking: '正在校验 ID',
    checked: 'ID 校验通过',
    idsToFix: 'ID 提示',
    length: (max) => `ID 最多 ${max} 个字符。`,
    characters: 'ID 必须以字母或数字开头，只能包含字母、数字、英文句点、下划线和连字符。',
    owner: '不能将镜像共享给镜像所有者。',
    unknown: `${principal} ID 不存在。`,
    accountId: '这是账号 ID，请输入项目 ID。',
    declines: '对方不接受您共享的镜像。',
    alreadyShared: `已共享给该${principal}。`,
    alreadySharedSome: (n, all) => `${all} 个镜像中已有 ${n} 个共享给该${principal}。`,
    duplicate: 'ID 重复，仅计一次。',
    noRecipients: `请至少输入一个${principal} ID。`,
    invalidIds: '请更正或移除无效 ID。',
    tooMany: (excess, max) => `一次最多添加 ${max} 个${principal}，请移除 ${excess} 个后继续。`,
    limit: '共享上限',
    afterSharing: (left, cap) => `共享后共 ${cap - left} 个${principal}（共享上限 ${cap} 个）`,
    overLimit: (over, used, cap) =>
      `超出共享上限 ${over} 个：已共享给 ${used} 个${principal}，共享上限 ${cap} 个。请移除 ${over} 个 ID、取消部分共享，或共享该镜像的副本。`,
    overAllLimits: '超出共享上限，请查看下方说明。',
    expiration: '到期时间',
    never: '永久有效',
    neverForAll: `全部永久有效（包括已共享的${principal}）`,
    at: '指定到期时间',
    expirationHint: `选择“永久有效”时，已共享的${principal}保持原到期时间；指定的到期时间适用于全部${principal}。`,
    date: '日期',
    time: '时间',
    zone: (zone) => `时区：${zone}`,
    incomplete: '请输入日期和时间。',
    past: '请输入晚于当前时间的日期和时间。',
    riskTitle: '共享前请清除敏感数据',
    risk: '对方可使用此镜像创建实例，并基于实例制作新的镜像。共享前请确认镜像中不含敏感数据或不可分发的软件。',
    visible: '对方还可查看镜像的名称、描述和标签。',
    acknowledge: '我已确认镜像中不含敏感数据或不可分发的软件。',
    notAcknowledged: '请勾选确认后再继续。',
    results: '结果',
    shared: (n) => `已共享给 ${n} 个${principal}。`,
    sharedOne: (name, n, alreadyShared, isRescheduled) => {
      if (alreadyShared < n) {
        return `已将镜像 ${name} 共享给 ${n} 个${principal}${alreadyShared > 0 ? `（其中 ${alreadyShared} 个此前已共享）` : ''}。`;
      }
      return isRescheduled
        ? `已更新镜像 ${name} 对 ${n} 个${principal}的共享到期时间。`
        : `无变更：镜像 ${name} 此前已共享给${n === 1 ? '该' : `这 ${n} 个`}${principal}。`;
    },
    total: (used, cap) => `该镜像现共享给 ${used} 个${principal}（共享上限 ${cap} 个）。`,
    sharedMany: (images, n) => `已将 ${images} 个镜像共享给 ${n} 个${principal}。`,
    failedFor: (name) => `共享 ${name} 失败`,
  };
};

export const sharingTexts = { en: byPrincipalKind(en), zh: byPrincipalKind(zh) };
