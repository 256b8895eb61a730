import { type Api, type Instance, type QueryParameters, unwrap } from './client.ts';
import { keys } from './keys.ts';
import { defaultEntriesMin, keepDataOf, listQuery, matchesMin, typingMs } from './list-query.ts';
import { pause } from './pause.ts';
import type { Page } from './read-matches.ts';

type InstanceFilter = Pick<QueryParameters<'ListInstances'>, 'project' | 'imageId'>;

/** Until the instances of another search arrive, the data is that of the search before. */
export const instancesQuery = (api: Api, region: string, filter: InstanceFilter, typed: string) => {
  const list = [...keys.instances, region, filter];
  const text = typed.trim();
  const search = text === '' ? {} : { search: text };
  return {
    ...listQuery(
      [...list, search],
      async (page, signal): Promise<Page<Instance>> => {
        if (text !== '' && page.cursor === undefined) {
          await pause(typingMs, signal);
        }
        const params = { path: { region }, query: { ...filter, ...search, ...page, limit: 100 } };
        const { instances, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/instances', { params, signal }));
        return { entries: instances, nextCursor };
      },
      text === '' ? defaultEntriesMin : matchesMin,
    ),
    placeholderData: keepDataOf<Instance>(list),
  };
};
