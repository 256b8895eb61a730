import type { Suspicion, TableScan } from './fsck-scan.ts';

/** Finds accounts with a wrong count of open projects. */
export function projectSuspicions({ accounts, projects }: TableScan): Suspicion[] {
  const open = Map.groupBy(
    [...projects.values()].filter(({ state }) => state === 'open'),
    ({ account }) => account,
  );
  return [...accounts.values()].flatMap(({ accountId, openProjects }) => {
    const counted = open.get(accountId)?.length ?? 0;
    return counted === openProjects
      ? []
      : [
          {
            problem: 'projects-off',
            subject: accountId,
            detail: `has ${counted} open projects and a count of ${openProjects}`,
            about: { contentsOf: accountId },
            repair: [{ do: 'correct-project-count', accountId, seen: openProjects, openProjects: counted } as const],
          },
        ];
  });
}
