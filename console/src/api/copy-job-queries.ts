import { queryOptions } from '@tanstack/react-query';
import { type Api, type Schemas, unwrap } from './client.ts';
import { keys, type Tenant } from './keys.ts';
import { defaultEntriesMin, keepDataOf, listQuery, matchesMin, typingMs } from './list-query.ts';
import { pause } from './pause.ts';
import type { Page } from './read-matches.ts';

export const copyJobsQuery = (api: Api, region: string, tenant: Tenant, typed: string) => {
  const list = [...keys.copyJobs, 'list', region, tenant];
  const text = typed.trim();
  const search = text === '' ? {} : { search: text };
  return {
    ...listQuery(
      [...list, search],
      async (page, signal): Promise<Page<Schemas['CopyJobSummary']>> => {
        if (text !== '' && page.cursor === undefined) {
          await pause(typingMs, signal);
        }
        const params = { path: { region }, query: { ...tenant, ...search, ...page, limit: 100 } };
        const { jobs, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/copy-jobs', { params, signal }));
        return { entries: jobs, nextCursor };
      },
      text === '' ? defaultEntriesMin : matchesMin,
    ),
    placeholderData: keepDataOf<Schemas['CopyJobSummary']>(list),
  };
};

export const copyJobQuery = (api: Api, path: { readonly region: string; readonly jobId: string }, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.copyJobs, 'one', path, tenant],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/regions/{region}/copy-jobs/{jobId}', { params: { path, query: tenant }, signal })),
  });
