import { expiringDays } from './expiring.ts';

/** Texts about when shares started and when they expire. */
const en = {
  sharedAt: 'Shared on',
  expiresAt: 'Expires',
  never: 'Never',
  soon: 'Expires soon',
  expiringOnly: `Expiring within ${expiringDays} days`,
  noneExpiring: `Nothing expires within ${expiringDays} days`,
  noneExpiringText: 'Turn off the filter to see everything.',
  showAll: 'Show all',
};

const zh: typeof en = {
  sharedAt: '共享时间',
  expiresAt: '到期时间',
  never: '永久有效',
  soon: '即将到期',
  expiringOnly: `仅看 ${expiringDays} 天内到期`,
  noneExpiring: `${expiringDays} 天内无到期的共享`,
  noneExpiringText: '关闭筛选后可查看全部。',
  showAll: '查看全部',
};

export const expirationTexts = { en, zh };
