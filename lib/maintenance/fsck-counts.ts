import { publicOwner } from '../rules/visibility.ts';
import { type CountKey, countName, type Store, usedOf } from '../table/store.ts';
import type { Finding, Seen } from './fsck-scan.ts';

/** Counts of images and instances that are off, where nothing was counted since the scan `before`. */
export async function countFindings(before: Seen, seen: Seen, store: Store): Promise<Finding[]> {
  const keys = new Map([...seen.counts].map(([name, { key }]) => [name, key]));
  const found = new Map<string, number>();
  for (const key of everyCounted(seen)) {
    keys.set(countName(key), key);
    found.set(countName(key), (found.get(countName(key)) ?? 0) + 1);
  }
  const off = [...keys].filter(([name]) => (found.get(name) ?? 0) !== (seen.counts.get(name)?.used ?? 0));
  const now = await store.read({ counts: off.map(([, key]) => key) });
  return off
    .filter(([name]) => (before.counts.get(name)?.changes ?? 0) === (now.counts.get(name)?.changes ?? 0))
    .map(([name, key]) => ({
      problem: 'count-off',
      subject: `${key.principal} in ${key.region}`,
      detail: `has ${found.get(name) ?? 0} ${key.what} and a count of ${usedOf(now, key)}`,
      repair: [
        {
          do: 'correct-count',
          ...key,
          seenChanges: now.counts.get(name)?.changes ?? 0,
          used: found.get(name) ?? 0,
        } as const,
      ],
    }));
}

/** What each image and instance is counted under. Public images belong to no principal and are not counted. */
const everyCounted = ({ images, instances }: Seen): CountKey[] => [
  ...[...images.values()]
    .filter(({ deletedAt, owner }) => deletedAt === undefined && owner !== publicOwner)
    .map(({ region, owner }): CountKey => ({ what: 'images', region, principal: owner })),
  ...[...instances.values()].map(({ region, principal }): CountKey => ({ what: 'instances', region, principal })),
];

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
