import { everyEntry } from '../app/every-entry.ts';
import type { PrincipalId } from '../model/ids.ts';
import type { CleanUpTask } from '../model/record.ts';
import { type Facts, type Store, type Stored, taskShards } from '../table/store.ts';
import { type Finding, type Subject, type Suspicion, scanOf, type TableScan } from './fsck-scan.ts';

/** How often something that changes while it is read again is read once more. After that, it isn't reported. */
const attemptsMax = 5;

/** Later than all clean-up tasks, in epoch seconds. */
const endOfTime = 999_999_999_998;

/**
 * Returns the suspected problems that still exist when their subjects are read again. Reads images and principals first, then the
 * clean-up tasks, then share items and the like, then images and principals again. If these haven't changed in between, a missing
 * task has not only moved: it was never scheduled, or has already run, and then there is nothing left to clean up.
 */
export async function confirmed(
  suspicions: readonly Suspicion[],
  store: Store,
  suspicionsIn: (latest: TableScan) => readonly Suspicion[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let open = suspicions;
  for (let attempt = 1; attempt <= attemptsMax && open.length > 0; attempt += 1) {
    const before: string[] = [];
    for (const { about } of open) {
      before.push(versionsIn(await store.read(wantedFor(about))));
    }
    const tasks = await everyTask(store);
    const changed: Suspicion[] = [];
    for (const [index, suspicion] of open.entries()) {
      const related = await relatedItems(suspicion.about, store);
      const after = await store.read(wantedFor(suspicion.about));
      if (before[index] !== versionsIn(after)) {
        changed.push(suspicion);
        continue;
      }
      const latest = await scanOf([...itemsOf(after), ...related, ...tasks.map((task): Stored => ({ of: 'task', task }))]);
      const same = suspicionsIn(latest).find((other) => isSame(other, suspicion));
      findings.push(...(same === undefined ? [] : [findingOf(same)]));
    }
    open = changed;
  }
  return findings;
}

const isSame = (a: Finding, b: Finding): boolean => a.problem === b.problem && a.subject === b.subject;

const findingOf = ({ about: _, ...finding }: Suspicion): Finding => finding;

/** The parts of a subject that tell whether it changes in between. */
const wantedFor = ({ shares: _, contentsOf, accounts = [], ...wanted }: Subject) => ({
  ...wanted,
  accounts: contentsOf === undefined ? accounts : [...accounts, contentsOf],
});

/** Tells whether any of the facts changed, as far as it matters here. */
const versionsIn = ({ images, accounts, projects, accessKeys, copyJobs }: Facts): string =>
  JSON.stringify([
    images.map(({ revision }) => revision),
    [...accounts.values()].map(({ state, openProjects, addressBookEntries, accessKeys: listed }) => [
      state,
      openProjects,
      addressBookEntries,
      listed,
    ]),
    [...projects.values()].map(({ state }) => state),
    [...accessKeys.keys()],
    copyJobs.length,
  ]);

const itemsOf = ({ images, accounts, projects, accessKeys, copyJobs }: Facts): Stored[] => [
  ...images.map((image): Stored => ({ of: 'image', image })),
  ...[...accounts.values()].map((account): Stored => ({ of: 'account', account })),
  ...[...projects.values()].map((project): Stored => ({ of: 'project', project })),
  ...[...accessKeys.values()].map((key): Stored => ({ of: 'access-key', key })),
  ...copyJobs.map((job): Stored => ({ of: 'copy-job', job })),
];

/** Reads the share items of a subject, and what its account contains. */
async function relatedItems({ shares = [], contentsOf }: Subject, store: Store): Promise<Stored[]> {
  const found = shares.length === 0 ? [] : await store.shares(shares);
  return [
    ...found.map((share): Stored => ({ of: 'share', share })),
    ...(contentsOf === undefined ? [] : await contentsOfAccount(contentsOf, store)),
  ];
}

async function contentsOfAccount(accountId: PrincipalId, store: Store): Promise<Stored[]> {
  const entries = await everyEntry((page) => store.addressBook(accountId, page));
  const { projects } = await store.read({ projects: await everyEntry((page) => store.projectsOf(accountId, page)) });
  return [
    ...entries.map((entry): Stored => ({ of: 'address-book-entry', accountId, entry })),
    ...[...projects.values()].map((project): Stored => ({ of: 'project', project })),
  ];
}

async function everyTask(store: Store): Promise<CleanUpTask[]> {
  const shards = Array.from({ length: taskShards }, (_, shard) => everyEntry((page) => store.tasksDue(shard, endOfTime, page)));
  return (await Promise.all(shards)).flat();
}
