import type { Holdings } from '../rules/change-holders.ts';
import { everyEntry } from './every-entry.ts';
import { type Facts, quotaName, type Store, type Wanted } from './store.ts';

/**
 * What the holder to be closed still owns, or undefined when its counts, which are exact, say that it owns nothing. Only
 * then are the lists not read.
 */
export async function holdingsOf(store: Store, { quotas = [], closing }: Wanted, facts: Facts): Promise<Holdings | undefined> {
  if (closing === undefined) {
    return undefined;
  }
  const inUse = quotas.filter((key) => (facts.quotas.get(quotaName(key))?.used ?? 0) > 0);
  const openProjects = facts.accounts.get(closing)?.openProjects ?? 0;
  const ownsProjects = facts.projects.has(closing) ? false : openProjects > 0;
  if (inUse.length === 0 && !ownsProjects) {
    return undefined;
  }
  const images = (await Promise.all(inUse.map((key) => everyEntry((page) => store.ownedImages(key, page))))).flat();
  const ids = ownsProjects ? await everyEntry((page) => store.projectsOf(closing, page)) : [];
  const { projects } = await store.read({ projects: ids });
  return { images, projects: [...projects.values()].filter(({ state }) => state === 'open').map(({ projectId }) => projectId) };
}
