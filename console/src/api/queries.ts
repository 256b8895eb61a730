import { type InfiniteData, infiniteQueryOptions, type QueryKey, queryOptions } from '@tanstack/react-query';
import { type Api, type Image, type QueryParameters, unwrap } from './client.ts';

/** The query parameters that every request for the chosen project sends. */
export interface Tenant {
  readonly project?: string;
}

type ImageRef = Pick<Image, 'region' | 'imageId'>;
type ImageFilter = Pick<QueryParameters<'ListImages'>, 'project' | 'scope' | 'trusted'>;
type InstanceFilter = Pick<QueryParameters<'ListInstances'>, 'project' | 'imageId'>;

/** Invalidating a key also invalidates all keys that start with it. */
export const keys = {
  account: ['account'],
  accessKeys: ['access-keys'],
  trustedOwners: ['trusted-owners'],
  usage: (days: number, project: string | undefined) => ['usage', days, project] as const,
  instances: ['instances'],
  images: ['images'],
  imageLists: ['images', 'lists'],
  imageOptions: (region: string, tenant: Tenant, searched: string) =>
    ['images', 'lists', 'options', region, tenant, searched] as const,
  /** The recipients of several images. */
  recipients: (imageIds: readonly string[], tenant: Tenant) => ['images', 'recipients', imageIds, tenant] as const,
  dryRun: (content: readonly unknown[] | undefined) => ['dry-run', content] as const,
  image: ({ region, imageId }: ImageRef) => ['images', 'one', region, imageId] as const,
} as const;

export const regionsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['regions'],
    queryFn: async ({ signal }) => (await unwrap(api.GET('/v1/regions', { signal }))).regions,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const accountQuery = (api: Api) =>
  queryOptions({
    queryKey: keys.account,
    queryFn: ({ signal }) => unwrap(api.GET('/v1/account', { signal })),
  });

export const accessKeysQuery = (api: Api) =>
  queryOptions({
    queryKey: keys.accessKeys,
    queryFn: async ({ signal }) => (await unwrap(api.GET('/v1/account/access-keys', { signal }))).accessKeys,
  });

export const trustedOwnersQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.trustedOwners, tenant],
    queryFn: async ({ signal }) =>
      (await unwrap(api.GET('/v1/account/trusted-owners', { params: { query: tenant }, signal }))).owners,
  });

export const imageQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'details', tenant],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path: { region, imageId }, query: tenant }, signal })),
  });

export const sharesQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'shares', tenant],
    queryFn: ({ signal }) => {
      const params = { path: { region, imageId }, query: tenant };
      return unwrap(api.GET('/v1/regions/{region}/images/{imageId}/shares', { params, signal }));
    },
  });

export const accessQuery = (api: Api, { region, imageId }: ImageRef, query: QueryParameters<'CheckImageAccess'>) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'access', query],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/regions/{region}/images/{imageId}/access', { params: { path: { region, imageId }, query }, signal })),
  });

export const imagesQuery = (api: Api, region: string, filter: ImageFilter) =>
  listQuery([...keys.imageLists, region, filter], async (page, signal) => {
    const params = { path: { region }, query: { ...filter, ...page, limit: 100 } };
    const { images, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/images', { params, signal }));
    return { entries: images, nextCursor };
  });

export const instancesQuery = (api: Api, region: string, filter: InstanceFilter) =>
  listQuery([...keys.instances, region, filter], async (page, signal) => {
    const params = { path: { region }, query: { ...filter, ...page, limit: 100 } };
    const { instances, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/instances', { params, signal }));
    return { entries: instances, nextCursor };
  });

export const recordsQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  listQuery([...keys.image({ region, imageId }), 'records', tenant], async (page, signal) => {
    const params = { query: { ...tenant, ...page, region, imageId } };
    const { records, nextCursor } = await unwrap(api.GET('/v1/records', { params, signal }));
    return { entries: records, nextCursor };
  });

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor?: string | undefined;
}

/** A response can have few entries, or none, and still have a next cursor. */
const entriesMin = 25;
/** After this many responses, the user decides whether to continue. */
const responsesMax = 20;

const entriesOf = <Entry>({ pages }: InfiniteData<Page<Entry>, unknown>): readonly Entry[] =>
  pages.flatMap(({ entries }) => entries);

/** A list that is loaded page by page. The data of the query is one list of entries. */
const listQuery = <Entry>(
  queryKey: QueryKey,
  read: (page: { readonly cursor?: string }, signal: AbortSignal) => Promise<Page<Entry>>,
) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: async ({ pageParam, signal }): Promise<Page<Entry>> => {
      const entries: Entry[] = [];
      let cursor = pageParam;
      for (let responses = 0; responses < responsesMax && entries.length < entriesMin; responses += 1) {
        const page = await read(cursor === undefined ? {} : { cursor }, signal);
        entries.push(...page.entries);
        cursor = page.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return { entries, nextCursor: cursor };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: entriesOf<Entry>,
  });
