import type { Finding, Seen } from './fsck-scan.ts';
import { quotaName, type Store } from './store.ts';

/** Counts of images that are off, of holders for which nothing was counted since the scan `before`. */
export async function countFindings(before: Seen, { images, quotas }: Seen, store: Store): Promise<Finding[]> {
  const counted = new Map<string, number>();
  const keys = new Map([...quotas].map(([name, { key }]) => [name, key]));
  for (const { region, owner, endedAt } of images.values()) {
    const key = { region, holder: owner };
    keys.set(quotaName(key), key);
    counted.set(quotaName(key), (counted.get(quotaName(key)) ?? 0) + (endedAt === undefined ? 1 : 0));
  }
  const off = [...keys].filter(([name]) => (counted.get(name) ?? 0) !== (quotas.get(name)?.used ?? 0));
  const { quotas: now } = await store.read({ quotas: off.map(([, key]) => key) });
  return off
    .filter(([name]) => (before.quotas.get(name)?.changes ?? 0) === (now.get(name)?.changes ?? 0))
    .map(([name, { region, holder }]) => ({
      problem: 'count-off',
      subject: `${holder} in ${region}`,
      detail: `has ${counted.get(name) ?? 0} images and a count of ${now.get(name)?.used ?? 0}`,
      repair: [{ do: 'correct-count', region, holder, seenChanges: now.get(name)?.changes ?? 0, used: counted.get(name) ?? 0 }],
    }));
}

/** Accounts whose count of open projects is off. */
export function projectFindings({ accounts, projects }: Seen): Finding[] {
  const open = [...projects.values()].filter(({ state }) => state === 'open');
  return [...accounts.values()].flatMap(({ accountId, openProjects }) => {
    const counted = open.filter(({ account }) => account === accountId).length;
    return counted === openProjects
      ? []
      : [
          {
            problem: 'projects-off',
            subject: accountId,
            detail: `has ${counted} open projects and a count of ${openProjects}`,
            repair: [{ do: 'correct-projects', accountId, seen: openProjects, openProjects: counted } as const],
          },
        ];
  });
}
