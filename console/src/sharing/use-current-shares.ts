import { useCallback } from 'react';
import type { Image } from '../api/client.ts';
import { type Called, useCall } from '../api/use-call.ts';
import { forEach, type ShareCalls, type Shares } from './calls.ts';

/** The current recipients of each image. Images that fail to load are left out, unless all fail. */
export function useCurrentShares(
  images: readonly Image[],
  calls: ShareCalls,
  { everyMs }: { readonly everyMs?: number } = {},
): Called<ReadonlyMap<string, Shares>> {
  const read = useCallback(async () => {
    const outcomes = await forEach(images, calls.list);
    const known = outcomes.flatMap(({ result }) => (result === undefined ? [] : [[result.imageId, result] as const]));
    const problem = outcomes.find((outcome) => outcome.problem !== undefined)?.problem;
    if (problem !== undefined && known.length === 0) {
      throw problem;
    }
    return new Map<string, Shares>(known);
  }, [images, calls]);
  return useCall(read, { everyMs });
}
