import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from './keys.ts';

interface Named {
  readonly imageId?: unknown;
  readonly principalId?: unknown;
  readonly name?: unknown;
}

/** The items of a list or of a single response. */
const itemsOf = (data: unknown): readonly Named[] => {
  const { pages } = (data ?? {}) as { readonly pages?: readonly { readonly entries?: readonly Named[] }[] };
  return [...(pages?.flatMap(({ entries = [] }) => entries) ?? []), ...(Array.isArray(data) ? data : [data ?? {}])];
};

/** The names in data, by the ID of the image, account, or project. */
const namesIn = (data: unknown): (readonly [string, string])[] =>
  itemsOf(data).flatMap(({ imageId, principalId, name }) => {
    const id = imageId ?? principalId;
    return typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [];
  });

const imageNames = new WeakMap<QueryClient, Map<string, string>>();

/**
 * Remembers the names of images in loaded data. An image that is deleted or no longer shared disappears from the cache, but errors
 * about it still name it.
 */
export function rememberNames(client: QueryClient, [kind]: QueryKey, data: unknown): void {
  if (kind === keys.images[0]) {
    const names = imageNames.get(client) ?? new Map<string, string>();
    imageNames.set(client, names);
    for (const [id, name] of namesIn(data)) {
      names.set(id, name);
    }
  }
}

/** The names of the images that were loaded, and of the address book that is loaded, by ID. */
export const loadedNames = (client: QueryClient): ReadonlyMap<string, string> =>
  new Map([
    ...(imageNames.get(client) ?? []),
    ...client
      .getQueryCache()
      .findAll({ queryKey: keys.addressBook })
      .flatMap(({ state }) => namesIn(state.data)),
  ]);
