import { useQueries } from '@tanstack/react-query';
import type { Image } from '../api/client.ts';
import { visibleImageQuery } from '../api/image-queries.ts';
import type { ImageRef } from '../api/keys.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

export const refOf = ({ region, imageId }: ImageRef): string => `${region}/${imageId}`;

/** Those of the images that the caller can still see. */
export function useVisibleImages(images: readonly ImageRef[]): ReadonlyMap<string, Image> {
  const { api } = useSession();
  const { query } = useWorkspace();
  const refs = new Map<string, ImageRef>(images.map((image) => [refOf(image), image]));
  return useQueries({
    queries: [...refs.values()].map((ref) => visibleImageQuery(api, ref, query)),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[refOf(data), data]] : []))),
  });
}
