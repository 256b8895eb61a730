import { useQueries } from '@tanstack/react-query';
import type { Image } from '../api/client.ts';
import { visibleImageQuery } from '../api/image-queries.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import type { ImageRecord } from './record-row.ts';

type ImageRef = Pick<Image, 'region' | 'imageId'>;

export const refOf = ({ region, imageId }: ImageRef): string => `${region}/${imageId}`;

/** The images of the records that the caller can still see. Images that a record says were deleted aren't requested. */
export function useVisibleImages(records: readonly ImageRecord[]): ReadonlyMap<string, Image> {
  const { api } = useSession();
  const { query } = useWorkspace();
  const deleted = new Set(records.filter(({ action }) => action === 'DeleteImage').map(refOf));
  const refs = new Map<string, ImageRef>(records.map((record) => [refOf(record), record]));
  return useQueries({
    queries: [...refs].flatMap(([id, ref]) => (deleted.has(id) ? [] : [visibleImageQuery(api, ref, query)])),
    combine: (results) => new Map(results.flatMap(({ data }) => (data ? [[refOf(data), data]] : []))),
  });
}
