import type { PrincipalId } from '../model/ids.ts';
import type { Holdings } from '../model/principal.ts';
import { type CountKey, type Facts, type Store, usedOf } from '../table/store.ts';
import { everyEntry } from './every-entry.ts';

/**
 * Returns a function that reads what a principal still owns, for a plan to close it. The counts are exact. If they are all zero,
 * the result is undefined and the lists aren't read.
 */
export const loadHoldings =
  (principal: PrincipalId, counts: readonly CountKey[]) =>
  async (facts: Facts, store: Store): Promise<{ readonly holdings: Holdings | undefined }> => {
    const inUse = (what: CountKey['what']) => counts.filter((key) => key.what === what && usedOf(facts, key) > 0);
    const [withImages, withInstances] = [inUse('images'), inUse('instances')];
    const openProjects = facts.accounts.get(principal)?.openProjects ?? 0;
    const ownsProjects = facts.projects.has(principal) ? false : openProjects > 0;
    if (withImages.length + withInstances.length === 0 && !ownsProjects) {
      return { holdings: undefined };
    }
    const images = await Promise.all(withImages.map((key) => everyEntry((page) => store.ownedImages(key, page))));
    const instances = await Promise.all(withInstances.map((key) => everyEntry((page) => store.instancesOf(key, page))));
    const ids = ownsProjects ? await everyEntry((page) => store.projectsOf(principal, page)) : [];
    const { projects } = await store.read({ projects: ids });
    const open = [...projects.values()].filter(({ state }) => state === 'open').map(({ projectId }) => projectId);
    return { holdings: { images: images.flat(), instances: instances.flat(), projects: open } };
  };
