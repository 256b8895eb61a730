import type { QueryClient } from '@tanstack/react-query';
import { keys } from './keys.ts';

type Names = ReadonlyMap<string, string>;

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

/** The names of the images and of the address book that are loaded, by ID. */
export function loadedNames(client: QueryClient): Names {
  const queries = [keys.images, keys.addressBook].flatMap((queryKey) => client.getQueryCache().findAll({ queryKey }));
  return new Map(
    queries
      .toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt)
      .flatMap(({ state }) => itemsOf(state.data))
      .flatMap(({ imageId, principalId, name }) => {
        const id = imageId ?? principalId;
        return typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [];
      }),
  );
}
