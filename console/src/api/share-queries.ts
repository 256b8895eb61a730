import { queryOptions } from '@tanstack/react-query';
import { type Api, type QueryParameters, type Schemas, unwrap } from './client.ts';
import { keys, type Tenant } from './keys.ts';
import { keepDataOf, listQuery, typingMs } from './list-query.ts';
import { pause } from './pause.ts';

type RecipientQuery = QueryParameters<'ListRecipients'>;

/** Without a region: in all regions. */
export async function readRecipients(api: Api, region: string | undefined, query: RecipientQuery, signal: AbortSignal) {
  const { recipients, nextCursor } = await unwrap(
    region === undefined
      ? api.GET('/v1/recipients', { params: { query }, signal })
      : api.GET('/v1/regions/{region}/recipients', { params: { path: { region }, query }, signal }),
  );
  return { entries: recipients, nextCursor };
}

/** Until the recipients of another filter arrive, the data is that of the filter before. */
export const recipientsQuery = (api: Api, region: string | undefined, query: RecipientQuery) => {
  const list = [...keys.ownShares, 'recipients', { project: query.project }];
  return {
    ...listQuery([...list, region, query], async (page, signal) => {
      if (query.search !== undefined) {
        await pause(typingMs, signal);
      }
      return readRecipients(api, region, { ...query, ...page, limit: 100 }, signal);
    }),
    placeholderData: keepDataOf<Schemas['Recipient']>(list),
  };
};

type OwnShareQuery = QueryParameters<'ListShares'>;

/** Without a region: in all regions. */
export async function readOwnShares(api: Api, region: string | undefined, query: OwnShareQuery, signal: AbortSignal) {
  const { shares, nextCursor } = await unwrap(
    region === undefined
      ? api.GET('/v1/shares', { params: { query }, signal })
      : api.GET('/v1/regions/{region}/shares', { params: { path: { region }, query }, signal }),
  );
  return { entries: shares, nextCursor };
}

/** The shares of all own images. Until those of another filter arrive, the data is that of the filter before. */
export const ownSharesQuery = (api: Api, region: string | undefined, query: OwnShareQuery) => {
  const list = [...keys.ownShares, { project: query.project, recipient: query.recipient }];
  return {
    ...listQuery([...list, region, query], (page, signal) =>
      readOwnShares(api, region, { ...query, ...page, limit: 100 }, signal),
    ),
    placeholderData: keepDataOf<Schemas['OwnedShare']>(list),
  };
};

/** What StopShares would stop. */
export const stopForecastQuery = (api: Api, recipient: string, tenant: Tenant) =>
  queryOptions({
    queryKey: keys.dryRun(['stop', recipient, tenant]),
    queryFn: ({ signal }) =>
      unwrap(api.POST('/v1/shares/stop', { params: { query: { ...tenant, dryRun: 'true' } }, body: { recipient }, signal })),
    gcTime: 0,
  });
