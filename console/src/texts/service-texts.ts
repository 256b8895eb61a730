import type { ProblemDocument } from '../api/problem.ts';
import { usePreferences } from '../frame/preferences.tsx';

type Code = ProblemDocument['code'];
type Rule = NonNullable<ProblemDocument['rule']>;

const titles: Readonly<Record<Code, string>> = {
  InvalidRequest: '请求无效',
  Unauthenticated: '无法确认调用者身份',
  Forbidden: '调用者无权执行此操作',
  NotOwner: '只有所有者可以执行此操作',
  ImageNotFound: '没有此镜像',
  InstanceNotFound: '没有此实例',
  RegionNotFound: '没有此地域',
  AccountNotFound: '没有此账号',
  ProjectNotFound: '没有此项目',
  KeyNotFound: '没有此访问密钥',
  RouteNotFound: '没有此接口',
  ImageNotShareable: '此镜像不能共享',
  RecipientNotFound: '没有此接收方',
  RecipientIsOwner: '所有者不能是接收方',
  RiskNotAcknowledged: '尚未确认共享风险',
  ShareCapExceeded: '接收方过多',
  ImageShared: '镜像正在共享',
  ImageQuotaExceeded: '镜像数量超出配额',
  KeyQuotaExceeded: '访问密钥过多',
  ImageNotUsable: '不能以此方式使用镜像',
  AccountInUse: '该账号或项目仍拥有资源',
  AccountClosed: '该账号或项目已关闭',
  IdempotencyKeyReused: 'Idempotency-Key 已用于其他请求',
  PreconditionFailed: '内容已被修改',
  Internal: '服务发生错误',
  Unavailable: '服务暂时不可用',
};

const rules: Readonly<Record<Rule, string>> = {
  'share.owner-only': '只有所有者可以共享镜像。',
  'share.no-reshare': '接收方不能转共享镜像。',
  'share.custom-only': '只有可用的自定义镜像才能共享。',
  'share.cap': '同一时间内，一个镜像的接收方数量以地域策略规定的上限为限。',
  'share.atomic': '一次指定多个接收方的调用要么全部生效，要么全不生效；重复指定的接收方只计一次。',
  'share.same-region': '共享仅在镜像所在地域可见和可用。',
  'share.recipient-exists': '接收方必须已知、未关闭，并且是地域策略规定的类型（账号或项目）。',
  'share.not-self': '所有者不能将镜像共享给自己。',
  'share.repeat': '再次共享给现有接收方会成功，只计一次，并保留首次共享时间。',
  'share.acknowledge': '共享者须确认或已被告知：镜像不得含有敏感数据。',
  'share.lightweight': '轻量产品的镜像仅在地域策略允许时才能共享。',
  'share.data-disks': '含数据盘快照的镜像能否共享、整体共享还是仅共享系统盘，由策略决定。',
  'share.encrypted': '加密镜像能否共享取决于密钥由谁持有，由策略决定。',
  'share.expiry': '到达结束时间后，共享不再授予任何权限，也不再计数。',
  'share.cross-product': '在允许共享轻量镜像的地域，所有者可以使镜像同时用于两种产品，并据此创建两种产品的实例。',
  'received.visible': '只有所有者和现有接收方可以看到镜像。',
  'received.use': '接收方可以在同一地域使用镜像创建和重装实例。',
  'received.read-only': '接收方不能修改名称、描述或标签。',
  'received.no-delete': '接收方不能删除共享镜像。',
  'received.no-copy': '接收方不能将共享镜像复制到其他地域。',
  'received.save': '在允许的地域，接收方可以在同一地域将共享镜像保存为自有镜像。',
  'received.derive': '接收方可以用共享镜像创建的实例制作镜像，该镜像归接收方所有。',
  'received.no-quota': '收到的共享镜像不占用接收方的配额。',
  'received.leave': '在策略允许的地域，接收方可以自行退出共享。',
  'received.trust': '每个共享镜像列表都附有关于他人镜像的提示。',
  'received.privacy': '接收方只知道镜像已共享给自己，不知道还共享给了谁、共享给多少人。',
  'owner.lists-recipients': '所有者可以看到每个接收方、共享起止时间、共享者以及其最近一次使用镜像创建实例的时间。',
  'owner.still-uses': '所有者可以继续使用已共享的镜像。',
  'owner.cancels': '只有所有者可以结束共享；在策略允许的地域，接收方也可以结束自己的共享。',
  'owner.sets-list': '所有者可以指定完整的接收方列表。',
  'owner.copies': '所有者可以复制自己的镜像，副本没有任何共享。',
  'owner.pays': '镜像仍归所有者所有并计入其用量，共享不产生额外费用。',
  'owner.deprecates': '所有者可以弃用自己的镜像，部分策略不允许在共享期间弃用；现有共享保留，但不能新增共享。',
  'cancel.immediate': '取消共享得到答复后，第一个请求即被拒绝。',
  'cancel.instances-live': '此前创建的实例继续运行，但不能再用该镜像重新初始化。',
  'cancel.unknown': '取消不存在的共享不会改变任何内容，并视为成功。',
  'delete.owner-only': '只有所有者可以删除镜像。',
  'delete.guard': '仍有共享的镜像不能删除，拒绝信息会列出持有者。',
  'delete.withdraw': '删除正在共享的镜像会立即从所有接收方收回。',
  'delete.orphans': '不再授予任何权限的共享残留会定期清理。',
  'delete.instances-live': '镜像删除后，其实例继续运行，但不能再用它重新初始化。',
  'change.dry-run': '可以预先询问一项更改能否成功，而不实际执行。',
  'account.ids-visible': '每个账号或项目都可以读取自己的 ID。',
  'account.close': '仍拥有资源的账号或项目不能关闭，已关闭的 ID 不会重新启用。',
  'quota.images': '每个账号或项目在每个地域的自有镜像数量由策略限定。',
  'usage.metering': '可以查询一段时间内自有镜像的 GiB 小时数；共享不会增加接收方的用量，保存的镜像会计入用量。',
  'explain.decision': '凡有权得到判定结果者都可以询问原因。',
  'audit.record': '对共享或镜像的每次更改都会留下记录。',
};

const remedies: Readonly<Partial<Record<Rule, string>>> = {
  'share.no-reshare': '请让镜像所有者共享。',
  'share.custom-only': '请共享可用的自定义镜像。',
  'share.cap': '请先取消部分共享，或复制镜像并共享副本：副本有自己的上限。',
  'share.recipient-exists': '请向接收方确认其 ID。',
  'share.not-self': '请从接收方中去掉所有者。',
  'share.acknowledge': '请勾选确认共享风险。',
  'share.lightweight': '请共享标准产品的镜像。',
  'share.data-disks': '请共享仅含系统盘的镜像。',
  'share.encrypted': '请共享未以此方式加密的镜像。',
  'share.expiry': '请指定更晚的结束时间，或不指定。',
  'share.cross-product': '请使用镜像所支持的产品，或请所有者使其也可用于另一产品。',
  'received.visible': '请让镜像所有者共享给您。',
  'received.use': '请等待镜像可用，或使用其他镜像。',
  'received.read-only': '请让镜像所有者操作。',
  'received.no-delete': '请让镜像所有者操作。',
  'received.no-copy': '请让镜像所有者操作。',
  'received.save': '请在允许接收方保存的地域，保存共享给您的镜像。',
  'received.leave': '请让镜像所有者取消共享。',
  'received.privacy': '请询问镜像所有者。',
  'owner.still-uses': '请等待镜像可用，或使用其他镜像。',
  'owner.cancels': '请让镜像所有者操作。',
  'owner.sets-list': '请让镜像所有者操作。',
  'owner.copies': '请等待镜像可用，或复制其他镜像。',
  'owner.deprecates': '请先取消其共享。',
  'cancel.instances-live': '请使用其他镜像，或让镜像所有者再次共享。',
  'delete.guard': '请先取消其共享。',
  'delete.instances-live': '请使用其他镜像。',
  'account.close': '请先删除其镜像、销毁其实例并关闭其项目。',
  'quota.images': '请先删除一个镜像。',
};

/** What the service's words come to in the language that is chosen. */
interface ServiceTexts {
  readonly titleOf: (document: ProblemDocument) => string;
  /** What a rule says and what can be done; absent in English, which the service speaks itself, and with the facts of the case. */
  readonly saysOf: (rule: Rule | undefined) => string | undefined;
  readonly remedyOf: (rule: Rule | undefined) => string | undefined;
}

const english: ServiceTexts = {
  titleOf: ({ title }) => title,
  saysOf: () => undefined,
  remedyOf: () => undefined,
};

const chinese: ServiceTexts = {
  titleOf: ({ code, title }) => titles[code] ?? title,
  saysOf: (rule) => rule && rules[rule],
  remedyOf: (rule) => rule && remedies[rule],
};

/** The service speaks English alone: in Chinese its titles, rules and remedies are said here, above its own words. */
export const useServiceTexts = (): ServiceTexts => (usePreferences().language === 'zh' ? chinese : english);
