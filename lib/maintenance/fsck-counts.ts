import { publicOwner } from '../rules/visibility.ts';
import { type CountKey, countName, type Store, usedOf } from '../table/store.ts';
import type { Finding, TableScan } from './fsck-scan.ts';

/** Finds wrong counts of images and instances. Ignores counts that changed since the earlier scan. */
export async function countFindings(earlier: TableScan, current: TableScan, store: Store): Promise<Finding[]> {
  const keys = new Map([...current.counts].map(([name, { key }]) => [name, key]));
  const actual = new Map<string, number>();
  for (const key of everyCounted(current)) {
    keys.set(countName(key), key);
    actual.set(countName(key), (actual.get(countName(key)) ?? 0) + 1);
  }
  const wrong = [...keys].filter(([name]) => (actual.get(name) ?? 0) !== (current.counts.get(name)?.used ?? 0));
  const latest = await store.read({ counts: wrong.map(([, key]) => key) });
  return wrong
    .filter(([name]) => (earlier.counts.get(name)?.changes ?? 0) === (latest.counts.get(name)?.changes ?? 0))
    .map(([name, key]) => ({
      problem: 'count-off',
      subject: `${key.principal} in ${key.region}`,
      detail: `has ${actual.get(name) ?? 0} ${key.what} and a count of ${usedOf(latest, key)}`,
      repair: [
        {
          do: 'correct-count',
          ...key,
          seenChanges: latest.counts.get(name)?.changes ?? 0,
          used: actual.get(name) ?? 0,
        } as const,
      ],
    }));
}

/** The count that each image and instance belongs to. Public images belong to no principal and are not counted. */
const everyCounted = ({ images, instances }: TableScan): CountKey[] => [
  ...[...images.values()]
    .filter(({ deletedAt, owner }) => deletedAt === undefined && owner !== publicOwner)
    .map(({ region, owner }): CountKey => ({ what: 'images', region, principal: owner })),
  ...[...instances.values()].map(({ region, principal }): CountKey => ({ what: 'instances', region, principal })),
];
