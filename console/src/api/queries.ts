import { hashKey, type InfiniteData, infiniteQueryOptions, type QueryKey, queryOptions } from '@tanstack/react-query';
import { expiresBefore } from '../sharing/expiring.ts';
import {
  type AddressBookEntry,
  type Api,
  type Image,
  type Instance,
  type QueryParameters,
  type Schemas,
  unwrap,
} from './client.ts';
import { pause } from './pause.ts';
import { Problem } from './problem.ts';

/** The query parameters that every request for the chosen project sends. */
export interface Tenant {
  readonly project?: string;
}

type ImageRef = Pick<Image, 'region' | 'imageId'>;
type ImageFilter = Pick<QueryParameters<'ListImages'>, 'project' | 'scope' | 'trusted' | 'expiringBefore'>;
/** What the service searches for. */
export type ImageSearch = Pick<
  QueryParameters<'ListImages'>,
  'name' | 'state' | 'owner' | 'tag' | 'imageId' | 'os' | 'architecture' | 'search'
>;
type InstanceFilter = Pick<QueryParameters<'ListInstances'>, 'project' | 'imageId'>;

/** Invalidating a key also invalidates all keys that start with it. */
export const keys = {
  account: ['account'],
  accessKeys: ['access-keys'],
  addressBook: ['address-book'],
  trustedOwners: ['trusted-owners'],
  acceptance: ['acceptance'],
  usage: (days: number, project: string | undefined) => ['usage', days, project] as const,
  instances: ['instances'],
  copyJobs: ['copy-jobs'],
  images: ['images'],
  imageLists: ['images', 'lists'],
  /** The records of all images. */
  records: ['images', 'records'],
  /** The shares of all own images, and their recipients. */
  ownShares: ['images', 'own-shares'],
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

const readTrustedOwners = async (api: Api, tenant: Tenant, signal: AbortSignal): Promise<readonly string[]> =>
  (await unwrap(api.GET('/v1/account/trusted-owners', { params: { query: tenant }, signal }))).owners;

/** The list of the project in `tenant`, or else that of the account. */
export const trustedOwnersQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.trustedOwners, 'own', tenant],
    queryFn: ({ signal }) => readTrustedOwners(api, tenant, signal),
  });

/** The account, and the project if there is one. */
export const tenantsOf = (tenant: Tenant): readonly Tenant[] => (tenant.project === undefined ? [{}] : [{}, tenant]);

const readEveryTrustedOwner = async (api: Api, tenant: Tenant, signal: AbortSignal): Promise<readonly string[]> =>
  (await Promise.all(tenantsOf(tenant).map((one) => readTrustedOwners(api, one, signal)))).flat();

/** The owners that the account or the project trusts. */
export const everyTrustedOwnerQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.trustedOwners, 'every', tenant],
    queryFn: ({ signal }) => readEveryTrustedOwner(api, tenant, signal),
  });

/** Who can share with the project in `tenant`, or else with the account. */
export const acceptanceQuery = (api: Api, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.acceptance, tenant],
    queryFn: ({ signal }) => unwrap(api.GET('/v1/account/share-acceptance', { params: { query: tenant }, signal })),
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

/** Returns undefined if there is no image with the ID, or none that the caller can see. */
export async function findImage(
  api: Api,
  { region, imageId }: ImageRef,
  tenant: Tenant,
  signal: AbortSignal,
): Promise<Image | undefined> {
  if (!imageIdForm.test(imageId)) {
    return undefined;
  }
  try {
    const params = { path: { region, imageId }, query: tenant };
    return await unwrap(api.GET('/v1/regions/{region}/images/{imageId}', { params, signal }));
  } catch (failure) {
    if (failure instanceof Problem && [400, 404].includes(failure.document?.status ?? 0)) {
      return undefined;
    }
    throw failure;
  }
}

export const imageIdForm = /^[a-z]+-[a-z0-9]{4,}$/;

const readImages = async (api: Api, region: string, query: QueryParameters<'ListImages'>, signal: AbortSignal) => {
  const params = { path: { region }, query: { ...query, limit: 100 } };
  const { images, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/images', { params, signal }));
  return { entries: images, nextCursor };
};

/** Until the images of another search arrive, the data is that of the search before. */
export const imagesQuery = (api: Api, region: string, filter: ImageFilter, search: ImageSearch = {}) => {
  const list = [...keys.imageLists, region, filter];
  return {
    ...listQuery(
      [...list, search],
      (page, signal) => readImages(api, region, { ...filter, ...search, ...page }, signal),
      Object.keys(search).length === 0 ? defaultEntriesMin : matchesMin,
    ),
    placeholderData: keepDataOf<Image>(list),
  };
};

/** While the user types, no search starts. */
const typingMs = 300;

/** Shared images with the text in their names. If it is an ID, also the image with this ID and the images of this owner. */
export const sharedImagesQuery = (
  api: Api,
  region: string,
  filter: Omit<ImageFilter, 'scope'>,
  { text, ownerId }: { readonly text: string; readonly ownerId: string | undefined },
) => {
  const list = [...keys.imageLists, region, { ...filter, scope: 'shared' }];
  const { trusted, expiringBefore, ...tenant } = filter;
  const byId = async (signal: AbortSignal): Promise<readonly Image[]> => {
    const image = await findImage(api, { region, imageId: text }, tenant, signal);
    if (image?.visibility !== 'shared' || (expiringBefore !== undefined && !expiresBefore(image, expiringBefore))) {
      return [];
    }
    const owners = trusted === 'true' ? await readEveryTrustedOwner(api, tenant, signal) : undefined;
    return owners === undefined || owners.includes(image.owner) ? [image] : [];
  };
  return {
    ...listQuery(
      [...list, text, ownerId],
      async ({ cursor }, signal): Promise<Page<Image>> => {
        const read = (search: ImageSearch, after: string | undefined) =>
          readImages(
            api,
            region,
            { ...filter, scope: 'shared', ...search, ...(after !== undefined && after !== '' && { cursor: after }) },
            signal,
          );
        if (text === '') {
          return read({}, cursor);
        }
        if (cursor === undefined) {
          await pause(typingMs, signal);
          return { entries: await byId(signal), nextCursor: ownerId === undefined ? namePrefix : ownerPrefix };
        }
        if (ownerId !== undefined && cursor.startsWith(ownerPrefix)) {
          const { entries, nextCursor } = await read({ owner: ownerId }, cursor.slice(ownerPrefix.length));
          return {
            entries: entries.filter(({ imageId }) => imageId !== text),
            nextCursor: nextCursor === undefined ? namePrefix : `${ownerPrefix}${nextCursor}`,
          };
        }
        const { entries, nextCursor } = await read({ name: text }, cursor.slice(namePrefix.length));
        return {
          entries: entries.filter(({ imageId, owner }) => imageId !== text && owner !== ownerId),
          nextCursor: nextCursor === undefined ? undefined : `${namePrefix}${nextCursor}`,
        };
      },
      text === '' ? defaultEntriesMin : matchesMin,
    ),
    placeholderData: keepDataOf<Image>(list),
  };
};

/** Public images with the text in their names, and the one that has it as its ID. */
export const publicImagesQuery = (api: Api, region: string, tenant: Tenant, text: string) => {
  const list = [...keys.imageLists, region, { ...tenant, scope: 'public' }];
  return {
    ...listQuery(
      [...list, text],
      async ({ cursor }, signal): Promise<Page<Image>> => {
        const query = { ...tenant, scope: 'public' as const, ...(cursor !== undefined && { cursor }) };
        if (text === '') {
          return readImages(api, region, query, signal);
        }
        const isFirst = cursor === undefined;
        if (isFirst) {
          await pause(typingMs, signal);
        }
        const found = isFirst ? await findImage(api, { region, imageId: text }, tenant, signal) : undefined;
        const { entries, nextCursor } = await readImages(api, region, { ...query, name: text }, signal);
        const others = entries.filter(({ imageId }) => imageId !== text);
        return { entries: found?.visibility === 'public' ? [found, ...others] : others, nextCursor };
      },
      text === '' ? defaultEntriesMin : matchesMin,
    ),
    placeholderData: keepDataOf<Image>(list),
  };
};

/** Which of its lists a search has reached. The cursor of the service follows. */
const ownerPrefix = 'owner:';
const namePrefix = 'name:';

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

type RecordQuery = QueryParameters<'ListRecords'>;

export async function readRecords(api: Api, query: RecordQuery, signal: AbortSignal): Promise<Page<Schemas['Record']>> {
  const { records, nextCursor } = await unwrap(api.GET('/v1/records', { params: { query }, signal }));
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

export const imageRecordsQuery = (api: Api, { region, imageId }: ImageRef, query: RecordQuery) => {
  const list = [...keys.image({ region, imageId }), 'records'];
  return {
    ...listQuery([...list, query], (page, signal) => readRecords(api, { ...query, ...page, region, imageId }, signal)),
    placeholderData: keepDataOf<Schemas['Record']>(list),
  };
};

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
      if (query.idContains !== undefined) {
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

/** Null if the image doesn't exist or the caller can't see it. */
export const visibleImageQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'visible', tenant],
    queryFn: async ({ signal }) => (await findImage(api, { region, imageId }, tenant, signal)) ?? null,
    staleTime: visibleImageStaleMs,
  });

/** The records of a page are often about the same images. */
const visibleImageStaleMs = 60_000;

/** The limit of the service. */
const addressBookEntriesMax = 1_000;

export async function readAddressBook(
  api: Api,
  query: QueryParameters<'ListAddressBook'>,
  signal: AbortSignal,
): Promise<Page<AddressBookEntry>> {
  return unwrap(api.GET('/v1/account/address-book', { params: { query }, signal }));
}

/** The whole address book, which is loaded once. Nothing depends on it, so a failure is repeated only on request. */
export const addressBookQuery = (api: Api) => ({
  ...listQuery(keys.addressBook, (page, signal) => readAddressBook(api, { ...page, limit: 100 }, signal), addressBookEntriesMax),
  getNextPageParam: () => undefined,
  staleTime: Number.POSITIVE_INFINITY,
  retryOnMount: false,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
});

interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor?: string | undefined;
}

/** A response can have few entries, or none, and still have a next cursor. */
const defaultEntriesMin = 25;
/** A search loads this many matches before the user has to ask for more. */
const matchesMin = 100;
/** After this many responses, the user decides whether to continue. */
const responsesMax = 20;

const entriesOf = <Entry>({ pages }: InfiniteData<Page<Entry>, unknown>): readonly Entry[] =>
  pages.flatMap(({ entries }) => entries);

/** The data of another search, if it is in the same list. */
const keepDataOf =
  <Entry>(list: QueryKey) =>
  (
    data: InfiniteData<Page<Entry>, string | undefined> | undefined,
    query: { readonly queryKey: QueryKey } | undefined,
  ): InfiniteData<Page<Entry>, string | undefined> | undefined =>
    query !== undefined && hashKey(query.queryKey.slice(0, list.length)) === hashKey(list) ? data : undefined;

/** A list that is loaded page by page. The data of the query is one list of entries. */
const listQuery = <Entry>(
  queryKey: QueryKey,
  read: (page: { readonly cursor?: string }, signal: AbortSignal) => Promise<Page<Entry>>,
  entriesMin = defaultEntriesMin,
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
