import { queryOptions } from '@tanstack/react-query';
import { expiresBefore } from '../sharing/expiring.ts';
import { readEveryTrustedOwner } from './account-queries.ts';
import { type Api, type Image, type QueryParameters, unwrap } from './client.ts';
import { type ImageRef, keys, type Tenant } from './keys.ts';
import { defaultEntriesMin, keepDataOf, listQuery, matchesMin, typingMs } from './list-query.ts';
import { pause } from './pause.ts';
import { Problem } from './problem.ts';
import type { Page } from './read-matches.ts';

type ImageFilter = Pick<QueryParameters<'ListImages'>, 'project' | 'scope' | 'trusted' | 'expiringBefore'>;

/** What the service searches for. */
export type ImageSearch = Pick<
  QueryParameters<'ListImages'>,
  'name' | 'state' | 'owner' | 'tag' | 'imageId' | 'os' | 'architecture' | 'search'
>;

export const imageQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'details', tenant],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path: { region, imageId }, query: tenant }, signal })),
  });

/** The names of images that an owner shares with the caller, by image ID. Enough to recognize them: at most 100. */
export const sharedNamesQuery = (api: Api, region: string, tenant: Tenant, owner: string) =>
  queryOptions({
    queryKey: [...keys.imageLists, region, tenant, 'names', owner],
    queryFn: async ({ signal }) => {
      const query = { ...tenant, scope: 'shared', owner, limit: 100 } as const;
      const { images } = await unwrap(api.GET('/v1/regions/{region}/images', { params: { path: { region }, query }, signal }));
      return new Map(images.map(({ imageId, name }) => [imageId, name]));
    },
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

/** Returns undefined if the image doesn't exist, or the caller can't see it. */
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

/**
 * The ID of the image that a text means: an ID, or the name of exactly one image that the caller can see. A name can look like an
 * ID, so an ID of no visible image is the last guess.
 */
export const typedImageQuery = (api: Api, region: string, tenant: Tenant, typed: string) =>
  queryOptions({
    queryKey: [...keys.imageLists, region, tenant, 'typed', typed],
    queryFn: async ({ signal }): Promise<{ readonly imageId: string } | 'unknown' | 'ambiguous'> => {
      const found = await findImage(api, { region, imageId: typed }, tenant, signal);
      if (found !== undefined) {
        return found;
      }
      const named: Image[] = [];
      let cursor: string | undefined;
      do {
        const query = { ...tenant, scope: 'all', name: typed, ...(cursor !== undefined && { cursor }) } as const;
        const { entries, nextCursor } = await readImages(api, region, query, signal);
        named.push(...entries.filter(({ name }) => name === typed));
        cursor = nextCursor;
      } while (cursor !== undefined && named.length < 2);
      const [image, another] = named;
      if (another !== undefined) {
        return 'ambiguous';
      }
      return image ?? (imageIdForm.test(typed) ? { imageId: typed } : 'unknown');
    },
  });

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

/** Null if the image doesn't exist or the caller can't see it. */
export const visibleImageQuery = (api: Api, { region, imageId }: ImageRef, tenant: Tenant) =>
  queryOptions({
    queryKey: [...keys.image({ region, imageId }), 'visible', tenant],
    queryFn: async ({ signal }) => (await findImage(api, { region, imageId }, tenant, signal)) ?? null,
    staleTime: visibleImageStaleMs,
  });

/** The records of a page are often about the same images. */
const visibleImageStaleMs = 60_000;
