import { queryOptions } from '@tanstack/react-query';
import { type Api, type QueryParameters, type Schemas, unwrap } from './client.ts';
import { type ImageRef, keys, type Tenant } from './keys.ts';
import { keepDataOf, listQuery } from './list-query.ts';
import type { Page } from './read-matches.ts';

type RecordQuery = QueryParameters<'ListRecords'>;

export async function readRecords(api: Api, query: RecordQuery, signal: AbortSignal): Promise<Page<Schemas['Record']>> {
  const { records, nextCursor } = await unwrap(api.GET('/v1/records', { params: { query: { limit: 100, ...query } }, signal }));
  return { entries: records, nextCursor };
}

/** Until the records of another filter arrive, the data is that of the filter before. */
export const recordsQuery = (api: Api, query: RecordQuery) => {
  const { project } = query;
  const list = [...keys.records, { project }];
  return {
    ...listQuery([...list, query], (page, signal) => readRecords(api, { ...query, ...page }, signal)),
    placeholderData: keepDataOf<Schemas['Record']>(list),
  };
};

/** The record of an image's deletion. Null if it wasn't deleted, or the caller couldn't see it before. */
export const deletionQuery = (api: Api, { region, imageId }: ImageRef, { project }: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'deletion', project],
    queryFn: async ({ signal }) => {
      const query = { ...(project !== undefined && { project }), region, imageId, action: ['DeleteImage' as const], limit: 1 };
      const { entries } = await readRecords(api, query, signal);
      return entries[0] ?? null;
    },
  });

export const imageRecordsQuery = (api: Api, { region, imageId }: ImageRef, query: RecordQuery) => {
  const list = [...keys.image({ region, imageId }), 'records'];
  return {
    ...listQuery([...list, query], (page, signal) => readRecords(api, { ...query, ...page, region, imageId }, signal)),
    placeholderData: keepDataOf<Schemas['Record']>(list),
  };
};
