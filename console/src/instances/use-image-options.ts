import { useCallback, useEffect, useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';

const pauseMs = 300;
const pagesMax = 5;
const imageIdForm = /^[a-z]+-[a-z0-9]{4,}$/;

/**
 * The images that a server can be made from: own, shared and public ones whose name holds what was typed, or the one whose
 * id was typed.
 */
export function useImageOptions(typed: string) {
  const { api } = useSession();
  const { region: facts, project } = usePlace();
  const { region } = facts;
  const [asked, setAsked] = useState(typed.trim());
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);

  const read = useCallback(async (): Promise<readonly Image[]> => {
    const tenant = project === undefined ? {} : { project };
    if (imageIdForm.test(asked)) {
      try {
        const params = { path: { region, imageId: asked }, query: tenant };
        return [await answerOf(api.GET('/v1/regions/{region}/images/{imageId}', { params }))];
      } catch (failure) {
        if (!(failure instanceof Problem && failure.document?.status === 404)) {
          throw failure;
        }
      }
    }
    const images: Image[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pagesMax; page += 1) {
      const query = {
        scope: 'all',
        limit: 100,
        ...(asked !== '' && { name: asked }),
        ...(cursor !== undefined && { cursor }),
      } as const;
      const params = { path: { region }, query: { ...tenant, ...query } };
      const answer = await answerOf(api.GET('/v1/regions/{region}/images', { params }));
      images.push(...answer.images);
      cursor = answer.nextCursor;
      if (cursor === undefined) {
        break;
      }
    }
    return images;
  }, [api, region, project, asked]);
  return useCall(read);
}
