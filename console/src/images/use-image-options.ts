import { useQuery } from '@tanstack/react-query';
import { type Image, unwrap } from '../api/client.ts';
import { findImage } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { pause } from '../api/pause.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

const pauseMs = 300;
const pagesMax = 5;

/** Images that the caller can see: the one with the typed ID, or those whose names contain the typed text. */
export function useImageOptions(typed: string) {
  const { api } = useSession();
  const {
    region: { region },
    query: tenant,
  } = useWorkspace();
  const searched = typed.trim();

  return useQuery({
    queryKey: keys.imageOptions(region, tenant, searched),
    queryFn: async ({ signal }): Promise<readonly Image[]> => {
      if (searched !== '') {
        await pause(pauseMs, signal);
      }
      const found = await findImage(api, { region, imageId: searched }, tenant, signal);
      if (found !== undefined) {
        return [found];
      }
      const images: Image[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pagesMax; page += 1) {
        const query = {
          scope: 'all',
          limit: 100,
          ...(searched !== '' && { name: searched }),
          ...(cursor !== undefined && { cursor }),
        } as const;
        const params = { path: { region }, query: { ...tenant, ...query } };
        const result = await unwrap(api.GET('/v1/regions/{region}/images', { params, signal }));
        images.push(...result.images);
        cursor = result.nextCursor;
        if (cursor === undefined) {
          break;
        }
      }
      return images;
    },
  });
}
