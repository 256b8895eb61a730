import type { ProblemDocument } from '../api/problem.ts';

type Offender = NonNullable<ProblemDocument['offenders']>[number];
type Language = 'en' | 'zh';

/** The names of the fields that requests of the console contain. */
const fieldNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  name: { en: 'Name', zh: '名称' },
  description: { en: 'Description', zh: '描述' },
  note: { en: 'Note', zh: '备注' },
  principalId: { en: 'Account or project ID', zh: '账号或项目 ID' },
  sizeGiB: { en: 'System disk', zh: '系统盘' },
  os: { en: 'Operating system', zh: '操作系统' },
  architecture: { en: 'Architecture', zh: '架构' },
  tags: { en: 'Tags', zh: '标签' },
  product: { en: 'Product', zh: '产品' },
  products: { en: 'Compatible products', zh: '支持的产品' },
  disks: { en: 'Data disks', zh: '数据盘' },
  encryption: { en: 'Encryption', zh: '加密' },
  image: { en: 'Image ID', zh: '镜像 ID' },
  imageId: { en: 'Image ID', zh: '镜像 ID' },
  instanceId: { en: 'Instance ID', zh: '实例 ID' },
  principal: { en: 'Account or project ID', zh: '账号或项目 ID' },
  project: { en: 'Project', zh: '项目' },
  destinationRegion: { en: 'Destination region', zh: '目标地域' },
  recipients: { en: 'Recipients', zh: '共享对象' },
  add: { en: 'Recipients to add', zh: '新增的共享对象' },
  remove: { en: 'Recipients to remove', zh: '移除的共享对象' },
  expiresAt: { en: 'Expiration', zh: '到期时间' },
  owners: { en: 'Owner IDs', zh: '所有者 ID' },
};

/** `owners[2]` becomes `Owner IDs, entry 3`, and `tags.env` becomes `Tag env`. */
function labelOf(path: string, language: Language): string {
  const [, tag] = /^tags\.(.+)$/s.exec(path) ?? [];
  if (tag !== undefined) {
    return language === 'zh' ? `标签 ${tag}` : `Tag ${tag}`;
  }
  const [, name = path, index] = /^(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
  const label = fieldNames[name]?.[language] ?? name;
  if (index === undefined) {
    return label;
  }
  const entry = Number(index) + 1;
  return language === 'zh' ? `${label}（第 ${entry} 项）` : `${label}, entry ${entry}`;
}

/** What the service says about a field, and the same in plain words. The Chinese words follow the label. */
const reasons: readonly (readonly [pattern: RegExp, en: string, zh: string])[] = [
  [/^must be at most (\d+) bytes in UTF-8 in total$/, 'can have up to $1 bytes in total', '总长度不能超过 $1 字节'],
  [/^must be at most (\d+) bytes in UTF-8$/, 'must be $1 bytes or fewer', '不能超过 $1 字节'],
  [/^must start with a letter or digit and .*$/, "isn't a valid ID", '不是有效的 ID'],
  [/^must have at most (\d+) characters?$/, 'must be $1 characters or fewer', '不能超过 $1 个字符'],
  [/^must have at least (\d+) characters?$/, 'must have at least $1 characters', '至少需要 $1 个字符'],
  [/^must have at most (\d+) entr.*$/, 'can have up to $1 entries', '最多 $1 项'],
  [/^must have at least (\d+) entr.*$/, 'must have at least $1 entries', '至少需要 $1 项'],
  [/^can't have more than (\d+) tags$/, 'can have up to $1 tags', '最多 $1 个'],
  [/^can't contain the key (.+) twice$/, 'contain the key $1 twice', '中的标签键 $1 重复'],
  [
    /^must not be empty, start with a space, or contain ":"$/,
    'can\'t be empty, start with a space, or contain ":"',
    '的键不能为空，不能以空格开头，也不能包含冒号',
  ],
  [/^must be at least (-?\d+)$/, 'must be at least $1', '不能小于 $1'],
  [/^must be at most (-?\d+)$/, 'must be at most $1', '不能大于 $1'],
  [/^must contain a visible character$/, "can't be blank", '不能为空白'],
  [/^must be a single line$/, "can't contain line breaks", '不能包含换行'],
  [/^must be well-formed Unicode$/, 'contains invalid characters', '包含无效字符'],
  [/^is required$/, 'is required', '为必填项'],
];

function errorOf({ id, reason }: Offender, language: Language): string {
  const label = labelOf(id, language);
  const text = reason.replace(/\.$/, '');
  const [pattern, en, zh] = reasons.find(([one]) => one.test(text)) ?? [/^.*$/s, text, '的值无效'];
  return language === 'zh'
    ? `${label.replace(/[\w\].-]$/, '$& ')}${text.replace(pattern, zh)}。`
    : `${label} ${text.replace(pattern, en)}.`;
}

/** Says which fields are invalid and why, with the names of the fields. Undefined if the service names no field. */
export const fieldErrorsOf = (offenders: readonly Offender[] | undefined, language: Language): string | undefined =>
  offenders === undefined || offenders.length === 0
    ? undefined
    : offenders.map((offender) => errorOf(offender, language)).join(language === 'zh' ? '' : ' ');
