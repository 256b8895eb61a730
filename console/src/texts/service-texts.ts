import type { ProblemDocument } from '../api/problem.ts';
import { fieldErrorsOf } from './field-errors.ts';
import { type PrincipalKind, principalZh } from './wording.ts';

type Code = ProblemDocument['code'];
type Rule = NonNullable<ProblemDocument['rule']>;
type Facts = Pick<ProblemDocument, 'cap' | 'used' | 'remaining' | 'recipients' | 'offenders'>;

/** Replaced by the word for what owns images in the region, if it is known. */
const anyPrincipal = '账号或项目';
type Sentence = string | ((facts: Facts) => string);

const say = (sentence: Sentence, facts: Facts): string => (typeof sentence === 'string' ? sentence : sentence(facts));

const idsShownMax = 10;

/** `：a、b`, or nothing if there are no IDs. */
const idsText = (ids: readonly string[] = []): string =>
  ids.length === 0 ? '' : `：${ids.slice(0, idsShownMax).join('、')}${ids.length > idsShownMax ? ` 等 ${ids.length} 个` : ''}`;

const offendersText = ({ offenders }: Facts): string => idsText(offenders?.map(({ id }) => id));

const overSharingLimit: Sentence = ({ cap, used, remaining }) =>
  cap === undefined || used === undefined || remaining === undefined
    ? '该镜像已达到共享上限。'
    : `该镜像已共享给 ${used} 个${anyPrincipal}，共享上限为 ${cap} 个${remaining === 0 ? '' : `，还可共享给 ${remaining} 个`}。`;

const overImageQuota: Sentence = ({ cap, used }) =>
  cap === undefined || used === undefined
    ? '该账号或项目在该地域的镜像数量已达到配额上限。'
    : `该${anyPrincipal}在该地域最多可拥有 ${cap} 个镜像，已有 ${used} 个。`;

const overKeyQuota: Sentence = ({ cap, used }) =>
  cap === undefined || used === undefined
    ? '访问密钥数量已达到配额上限。'
    : `每个账号最多可创建 ${cap} 个访问密钥，已有 ${used} 个。`;

const addressBookFull: Sentence = ({ cap, used }) =>
  cap === undefined || used === undefined ? '通讯录已满。' : `通讯录最多可保存 ${cap} 个条目，已有 ${used} 个。`;

const sharedWith = ({ used, recipients }: Facts): string => {
  const count = used ?? recipients?.length;
  return count === undefined ? '该镜像已共享。' : `该镜像已共享给 ${count} 个${anyPrincipal}${idsText(recipients)}。`;
};

const invalidParameters = (facts: Facts): string => fieldErrorsOf(facts.offenders, 'zh') ?? '请求参数无效，请检查后重试。';

const unknownRecipients = (facts: Facts): string => {
  const ids = offendersText(facts);
  return ids === '' ? '所输入的 ID 不存在或不可用。' : `以下 ID 不存在或不可用${ids}。`;
};

const stillInUse = (facts: Facts): string => {
  const ids = offendersText(facts);
  return ids === '' ? '该账号或项目中仍有资源。' : `该账号或项目中仍有以下资源${ids}。`;
};

const titles: Readonly<Record<Code, string>> = {
  InvalidRequest: '请求无效',
  Unauthenticated: '身份验证失败',
  Forbidden: '无权限执行此操作',
  NotOwner: '仅镜像所有者可执行此操作',
  ImageNotFound: '镜像不存在',
  InstanceNotFound: '实例不存在',
  CopyJobNotFound: '复制任务不存在',
  RegionNotFound: '地域不存在',
  AccountNotFound: '账号不存在',
  ProjectNotFound: '项目不存在',
  KeyNotFound: '访问密钥不存在',
  RouteNotFound: '接口不存在',
  ImageNotShareable: '镜像不能共享',
  RecipientNotFound: '共享账号或项目不存在',
  RecipientIsOwner: '不能共享给镜像所有者',
  RecipientDoesNotAccept: '对方不接受共享',
  RiskNotAcknowledged: '需要确认',
  ShareCapExceeded: '超出共享上限',
  ImageShared: '镜像已共享',
  ImageQuotaExceeded: '超出镜像配额',
  KeyQuotaExceeded: '访问密钥数量已达上限',
  AddressBookFull: '通讯录已满',
  ImageNotUsable: '镜像不可用',
  AccountInUse: '账号或项目中仍有资源',
  AccountClosed: '账号或项目已关闭',
  IdempotencyKeyReused: '幂等键已被使用',
  PreconditionFailed: '资源已被其他人修改',
  Internal: '服务内部错误',
  Unavailable: '服务暂时不可用',
};

/** Why a request failed, for failures without a rule, and for rules that have no sentence of their own. */
const failures: Readonly<Record<Code, Sentence>> = {
  InvalidRequest: invalidParameters,
  Unauthenticated: '未提供有效的访问令牌，请重新登录。',
  Forbidden: '当前凭证无权限执行此操作。如需权限，请联系管理员。',
  NotOwner: '此操作仅限镜像所有者执行。',
  ImageNotFound: '镜像不存在、已被删除，或未共享给您。',
  InstanceNotFound: '您在此地域中没有该实例，实例可能已被销毁。',
  CopyJobNotFound: '您在此地域中没有该复制任务，任务记录仅保留 90 天。',
  RegionNotFound: '该地域不存在，请选择其他地域。',
  AccountNotFound: '该账号不存在，或尚未开通镜像共享服务。',
  ProjectNotFound: '您的账号暂无可用的项目。该地域的镜像归项目所有，请联系管理员创建项目，或切换到其他地域。',
  KeyNotFound: '该访问密钥不存在，可能已被删除。',
  RouteNotFound: '服务不支持此操作，请刷新页面后重试。',
  ImageNotShareable: '该镜像当前不能共享。',
  RecipientNotFound: unknownRecipients,
  RecipientIsOwner: '镜像所有者不能作为共享对象。',
  RecipientDoesNotAccept: '对方不接受您共享的镜像。',
  RiskNotAcknowledged: '共享前需要确认镜像中不含敏感数据或不可分发的软件。',
  ShareCapExceeded: overSharingLimit,
  ImageShared: sharedWith,
  ImageQuotaExceeded: overImageQuota,
  KeyQuotaExceeded: (facts) => `${say(overKeyQuota, facts)}请先删除不需要的访问密钥。`,
  AddressBookFull: addressBookFull,
  ImageNotUsable: '该镜像当前的状态不支持此操作，请刷新后重试。',
  AccountInUse: stillInUse,
  AccountClosed: '该账号或项目已关闭，已关闭的 ID 不能重新启用。',
  IdempotencyKeyReused: '该幂等键已用于其他请求，请关闭对话框后重试。',
  PreconditionFailed: '请加载最新版本后重试。',
  Internal: '发生意外错误。请联系技术支持，并提供请求 ID。',
  Unavailable: '服务暂时不可用，请稍后重试。',
};

/** What each rule says. */
const rules: Readonly<Record<Rule, string>> = {
  'share.owner-only': '只有所有者可以共享镜像。',
  'share.no-reshare': '共享镜像不能再次共享给他人。',
  'share.custom-only':
    '只有处于可用状态的自定义镜像才能共享。如果地域策略允许，制作中的镜像也可以共享：对方需等镜像可用后才能使用；如果镜像制作失败，共享会自动取消。',
  'share.cap': '每个镜像可共享的账号数受地域策略限制。',
  'share.atomic': '一次共享给多个账号的请求要么全部成功，要么全部失败；重复的账号仅计一次。',
  'share.same-region': '共享镜像仅在其所在地域可见和可用。',
  'share.recipient-exists': '镜像只能共享给有效的账号，或地域策略规定的有效项目。',
  'share.recipient-accepts':
    '对方可以决定接受谁共享的镜像：任何所有者，或仅限可信所有者；被屏蔽的所有者始终不能共享。已有的共享不受影响。',
  'share.not-self': '不能将镜像共享给自己。',
  'share.repeat': '再次共享给已共享的账号会成功，仅计一次，并保留首次共享时间。',
  'share.acknowledge': '共享前会提示所有者，或要求所有者确认镜像中不含敏感数据。',
  'share.lightweight': '轻量应用服务器的镜像仅在地域策略允许时才能共享。',
  'share.data-disks': '含数据盘快照的镜像可整体共享、仅共享系统盘还是不能共享，由地域策略决定。',
  'share.encrypted': '加密镜像能否共享取决于密钥由谁管理，由地域策略决定。',
  'share.expiry': '共享到期后不再授予访问权限，也不再计入共享上限。',
  'share.cross-product': '在支持共享轻量应用服务器镜像的地域，所有者可以使镜像同时支持两种产品。',
  'received.visible': '只有所有者和已共享的账号可以看到镜像。',
  'received.use': '已共享的账号可以在同一地域使用镜像创建实例和重装系统。',
  'received.read-only': '已共享的账号不能修改名称、描述或标签。',
  'received.no-delete': '已共享的账号不能删除共享镜像。',
  'received.no-copy': '已共享的账号不能复制共享镜像。',
  'received.save': '在策略允许的地域，已共享的账号可以在同一地域将共享镜像保存为自定义镜像。',
  'received.derive': '使用共享镜像创建的实例所制作的镜像，归制作者所有。',
  'received.no-quota': '他人共享的镜像不占用镜像配额。',
  'received.leave': '在策略允许的地域，已共享的账号可以退出单个共享，或一次退出某个所有者的全部共享。',
  'received.trust': '共享镜像列表会显示安全提示。',
  'received.privacy': '已共享的账号无法查看镜像还共享给了谁，以及共享的数量。',
  'owner.lists-recipients': '所有者可以查看所有共享账号、共享时间和到期时间、操作者以及最近使用时间。',
  'owner.lists-shares': '所有者可以查看全部镜像在某个地域或所有地域的共享，以及每个共享账号可以使用哪些镜像。',
  'owner.still-uses': '所有者可以使用自己的镜像，无论是否共享。',
  'owner.cancels': '只有所有者可以取消共享；在策略允许的地域，已共享的账号可以退出共享。',
  'owner.stops-recipient': '所有者可以一次取消某个账号的所有共享，即使该账号已关闭或不存在。',
  'owner.sets-list': '所有者可以替换完整的共享账号列表。',
  'owner.copies': '只有所有者可以复制镜像，复制后的镜像不会继承共享关系。',
  'owner.copies-and-shares':
    '所有者可以通过一个任务将镜像复制到多个地域，并共享给相同的账号或项目。副本的状态允许共享后立即共享，共享时仍须符合全部共享规则。只有所有者可以查看该任务。',
  'owner.pays': '镜像归所有者所有并由所有者付费，共享不收费。',
  'owner.deprecates': '所有者可以弃用镜像，部分地域要求镜像未共享；已共享的账号保留访问权限，但不能新增共享账号。',
  'cancel.immediate': '取消共享立即生效。',
  'cancel.instances-live': '取消共享后，已有实例继续运行，但不能再使用该镜像重新初始化系统盘。',
  'cancel.unknown': '取消不存在的共享会成功，且不产生任何影响。',
  'delete.owner-only': '只有所有者可以删除镜像。',
  'delete.guard': '镜像共享期间不能删除，错误信息会列出共享账号。',
  'delete.withdraw': '删除已共享的镜像后，共享账号立即失去访问权限。',
  'delete.orphans': '失效的共享会定期清理。',
  'delete.instances-live': '镜像删除后，已有实例继续运行，但不能再使用该镜像重新初始化系统盘。',
  'change.dry-run': '可以在不实际执行的情况下测试更改能否成功。',
  'account.ids-visible': '账号和项目可以查看自己的 ID。',
  'account.address-book':
    '账号可以为最多 1,000 个其他账号和项目保存自定义名称。这些名称仅自己可见，且可以使用任意 ID，无论其是否存在。',
  'account.close': '拥有资源的账号和项目不能关闭，已关闭的 ID 不能重新启用。',
  'quota.images': '每个账号或项目的镜像数量受地域策略限制。',
  'usage.metering': '您拥有的镜像（包括保存的副本）按 GiB 小时计量，他人共享的镜像不计入用量。',
  'explain.decision': '可查看与您相关的权限判定原因。',
  'audit.record': '镜像和共享的所有更改都会被记录。',
};

/** A rule, or a rule together with a code where the same rule denies different requests. */
type RuleInCase = Rule | `${Code} ${Rule}`;

/** Why a rule denies a request. Rules whose text in `rules` already says so need no entry. */
const denials: Readonly<Partial<Record<RuleInCase, Sentence>>> = {
  'share.custom-only': '只有处于可用状态的自定义镜像才能共享。',
  'share.cap': overSharingLimit,
  'share.recipient-exists': unknownRecipients,
  'share.recipient-accepts': '对方不接受您共享的镜像。',
  'share.acknowledge': '共享前需要确认镜像中不含敏感数据或不可分发的软件。',
  'share.lightweight': '该镜像属于轻量应用服务器，在此地域不能共享。',
  'share.data-disks': '该镜像包含数据盘，在此地域不能共享。',
  'share.encrypted': '该镜像的加密方式在此地域不支持共享。',
  'share.expiry': '到期时间必须晚于当前时间。',
  'share.cross-product': '该镜像不支持所选的产品。',
  'received.visible': '镜像不存在，或未共享给该账号或项目。',
  'received.use': '该镜像当前不可用。',
  'received.save': '该镜像不能保存为自定义镜像：您已拥有该镜像，或所在地域不支持保存。',
  'received.leave': '在此地域，仅镜像所有者可以取消共享。',
  'Forbidden received.privacy': '您只能检查自己的权限，仅镜像所有者可以检查其他账号的权限。',
  'owner.still-uses': '该镜像当前不可用。',
  'owner.cancels': '此操作仅限镜像所有者执行。',
  'owner.sets-list': '此操作仅限镜像所有者执行。',
  'owner.copies': '该镜像当前不可用，不能复制。',
  'owner.copies-and-shares': '您在此地域中没有该复制任务。',
  'owner.deprecates': (facts) => `${sharedWith(facts)}在此地域，镜像共享期间不能弃用。`,
  'cancel.instances-live': '该镜像已不再共享给您，不能使用它重新初始化系统盘。',
  'delete.guard': (facts) => `${sharedWith(facts)}镜像共享期间不能删除。`,
  'delete.instances-live': '该镜像已被删除，不能使用它重新初始化系统盘。',
  'account.address-book': addressBookFull,
  'account.close': stillInUse,
  'Forbidden account.close': '该账号已关闭。',
  'AccountClosed account.close': '该账号或项目已关闭，已关闭的 ID 不能重新启用。',
  'quota.images': overImageQuota,
};

/** What the user can do about a denial. */
const remedies: Readonly<Partial<Record<RuleInCase, string>>> = {
  'share.no-reshare': '请联系镜像所有者共享该镜像。',
  'share.custom-only': '如果镜像已弃用，请先取消弃用；否则请选择处于可用状态的自定义镜像。',
  'share.cap': '请取消部分共享，或复制镜像后共享副本。',
  'share.recipient-exists': '请与对方确认 ID。',
  'share.recipient-accepts': '请联系对方，请其接受您共享的镜像。',
  'share.not-self': '请从列表中移除镜像所有者。',
  'share.acknowledge': '请勾选确认后再共享。',
  'share.lightweight': '请共享云服务器的镜像。',
  'share.data-disks': '请共享仅含系统盘的镜像。',
  'share.encrypted': '请共享使用受支持加密方式的镜像。',
  'share.expiry': '请输入晚于当前时间的到期时间，或选择永久有效。',
  'share.cross-product': '请选择镜像支持的产品，或联系镜像所有者添加该产品。',
  'received.visible': '请联系镜像所有者共享该镜像。',
  'received.use': '如果镜像正在创建或复制，请等待其变为可用状态；否则请使用其他镜像。',
  'received.read-only': '请联系镜像所有者。',
  'received.no-delete': '请联系镜像所有者。',
  'received.no-copy': '请联系镜像所有者。',
  'received.save': '请在支持保存的地域，选择他人共享给您的镜像。',
  'received.leave': '请联系镜像所有者取消共享。',
  'received.privacy': '请联系镜像所有者。',
  'owner.still-uses': '如果镜像正在创建或复制，请等待其变为可用状态；否则请使用其他镜像。',
  'owner.cancels': '请联系镜像所有者。',
  'owner.sets-list': '请联系镜像所有者。',
  'owner.copies': '如果镜像正在创建或复制，请等待其变为可用状态；否则请复制其他镜像。',
  'owner.copies-and-shares': '请检查任务 ID 和地域。任务记录保留 90 天。',
  'owner.deprecates': '请先取消共享。',
  'cancel.instances-live': '请通过“重装系统”使用其他镜像，或联系镜像所有者重新共享该镜像。',
  'delete.guard': '请先取消共享。',
  'delete.instances-live': '请通过“重装系统”使用其他镜像。',
  'account.address-book': '请先删除不需要的条目。',
  'account.close': '请先删除镜像、销毁实例并关闭项目。',
  'Forbidden account.close': '请联系管理员，或使用其他账号登录。',
  'AccountClosed account.close': '请使用其他账号或项目。',
  'quota.images': '请删除不需要的镜像。',
};

/** The same for image owners who check the access of others. */
const ownersRemedies: Readonly<Partial<Record<Rule, string>>> = {
  'share.no-reshare': '请自行将该镜像共享给其他账号或项目。',
  'share.cross-product': '请选择镜像支持的产品，或为镜像添加该产品。',
  'received.visible': '请将该镜像共享给该账号或项目。',
  'received.no-delete': '请自行删除该镜像。',
  'received.no-copy': '请自行复制该镜像。',
};

/** The documents that rules come from. The first pattern that matches wins. */
const sources: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^Tencent Cloud International/, '腾讯云国际站：共享自定义镜像'],
  [/^Tencent Cloud.*API/, '腾讯云：CVM API 参考'],
  [/^Alibaba Cloud.*API/, '阿里云：ECS API 参考'],
  [/^Tencent Cloud.*FAQ/i, '腾讯云：共享镜像常见问题'],
  [/^Tencent Cloud/, '腾讯云：共享自定义镜像'],
  [/^Alibaba Cloud/, '阿里云：共享镜像常见问题'],
  [/^UCloud/, 'UCloud：共享镜像'],
  [/^This service/, '本服务规则'],
];

/** The addresses of the documents whose address is known. */
export const sourceAddresses: Readonly<Record<string, string>> = {
  'Tencent Cloud International: Sharing Custom Images': 'https://intl.cloud.tencent.com/document/product/213/4942',
};

interface Decided {
  readonly allowed: boolean;
  readonly rule: Rule;
  readonly reason: string;
}

/** What an allowed decision is based on: only owners are granted these rules. */
const basisOf = ({ rule, reason }: Decided): 'owned' | 'shared' | 'public' =>
  /^owner\.|\.owner-only$/.test(rule) ? 'owned' : /\bis public\b/.test(reason) ? 'public' : 'shared';

/** Whether an image can't be saved because the caller owns it. */
const isOwnSave = (rule: Rule, reason = ''): boolean => rule === 'received.save' && /\balready own\b/.test(reason);

/** Texts of the service in the chosen language. */
export interface ServiceTexts {
  readonly titleOf: (document: ProblemDocument) => string;
  /** What happened, why, and what to do. */
  readonly detailOf: (document: ProblemDocument) => string;
  /** `principal` is whose access was checked, unless it is the caller's. */
  readonly reasonOf: (decision: Decided, principal?: string) => string;
  readonly remedyOf: (
    decision: { readonly rule: Rule; readonly reason?: string; readonly remedy?: string | undefined },
    asked?: { readonly isOwnersQuestion: boolean; readonly maySave?: boolean },
  ) => string | undefined;
  /** What a rule says. */
  readonly sentenceOf: (rule: Rule, english: string) => string;
  /** The name of a document that a rule comes from. */
  readonly sourceOf: (source: string) => string;
}

/** Where the details of the service are meant for callers of the API. */
const englishDetails: Readonly<Partial<Record<Code, string>>> = {
  RegionNotFound: "This region doesn't exist. Choose another region.",
  ProjectNotFound:
    'Your account has no project here. Images in this region belong to projects. Ask your administrator to create a project, or choose another region.',
  PreconditionFailed: 'Load the latest version, and then try again.',
};

const englishTitles: Readonly<Partial<Record<Code, string>>> = { PreconditionFailed: 'Someone else changed this image' };

export const english: ServiceTexts = {
  titleOf: ({ code, title }) => englishTitles[code] ?? title,
  detailOf: ({ code, rule, detail, offenders }) =>
    (code === 'InvalidRequest' && rule === undefined ? fieldErrorsOf(offenders, 'en') : englishDetails[code]) ?? detail,
  reasonOf: (decision, principal) => {
    const { allowed, rule, reason } = decision;
    const withWhom = principal ?? 'you';
    if (allowed) {
      return {
        owned: principal === undefined ? 'You own this image.' : `${principal} owns this image.`,
        shared: `This image is shared with ${withWhom}.`,
        public: 'This image is public.',
      }[basisOf(decision)];
    }
    if (rule === 'received.visible') {
      return principal === undefined
        ? "The image doesn't exist, or isn't shared with you."
        : `The image isn't shared with ${principal}.`;
    }
    return rule === 'received.no-copy'
      ? "Recipients can't copy a shared image."
      : reason.replace(/is shared with the (account|project)/, `is shared with ${withWhom}`);
  },
  remedyOf: ({ rule, reason, remedy }, { isOwnersQuestion, maySave = false } = { isOwnersQuestion: false }) => {
    if (isOwnSave(rule, reason)) {
      return 'No action is needed. To duplicate the image, copy it.';
    }
    return rule === 'received.no-copy' && maySave && !isOwnersQuestion ? 'Save it as a custom image instead.' : remedy;
  },
  sentenceOf: (_, english) => english,
  sourceOf: (source) => source,
};

/** The service responds in English only: the Chinese texts are made from the code, the rule, and the numbers and IDs. */
const chineseForAll: ServiceTexts = {
  titleOf: ({ code }) => titles[code],
  detailOf: ({ code, rule, ...facts }) => {
    if (rule === undefined) {
      return say(failures[code], facts);
    }
    const inCase = `${code} ${rule}` as const;
    return say(denials[inCase] ?? denials[rule] ?? rules[rule], facts) + (remedies[inCase] ?? remedies[rule] ?? '');
  },
  reasonOf: (decision, principal) => {
    const { allowed, rule, reason } = decision;
    const whose = principal === undefined ? '您' : ` ${principal}`;
    if (allowed) {
      return {
        owned: `该镜像归${whose}${principal === undefined ? '' : ' '}所有。`,
        shared: `该镜像已共享给${whose}。`,
        public: '该镜像是公共镜像。',
      }[basisOf(decision)];
    }
    if (rule === 'received.visible') {
      return principal === undefined ? '镜像不存在，或未共享给您。' : `该镜像未共享给${whose}。`;
    }
    return isOwnSave(rule, reason) ? '该镜像已归您所有，无需保存。' : say(denials[rule] ?? rules[rule], {});
  },
  remedyOf: ({ rule, reason, remedy }, { isOwnersQuestion, maySave = false } = { isOwnersQuestion: false }) => {
    if (remedy === undefined) {
      return undefined;
    }
    if (isOwnSave(rule, reason)) {
      return '如需副本，请复制该镜像。';
    }
    return rule === 'received.no-copy' && maySave && !isOwnersQuestion
      ? '请改为将该镜像保存为自定义镜像。'
      : ((isOwnersQuestion ? ownersRemedies[rule] : undefined) ?? remedies[rule]);
  },
  sentenceOf: (rule) => rules[rule],
  sourceOf: (source) => sources.find(([pattern]) => pattern.test(source))?.[1] ?? source,
};

/** The Chinese texts for a region whose images belong to accounts, or to projects, or for any region. */
export const chineseFor = (kind?: PrincipalKind): ServiceTexts => {
  const named = <Text extends string | undefined>(text: Text) =>
    (kind === undefined ? text : text?.replaceAll(anyPrincipal, principalZh[kind])) as Text;
  const { titleOf, detailOf, reasonOf, remedyOf, sentenceOf, sourceOf } = chineseForAll;
  return {
    titleOf: (document) => named(titleOf(document)),
    detailOf: (document) => named(detailOf(document)),
    reasonOf: (...decision) => named(reasonOf(...decision)),
    remedyOf: (...decision) => named(remedyOf(...decision)),
    sentenceOf: (...rule) => named(sentenceOf(...rule)),
    sourceOf,
  };
};
