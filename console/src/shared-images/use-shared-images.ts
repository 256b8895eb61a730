import { useCallback } from 'react';
import { unwrap } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';

/** Expired and stopped shares disappear from the page within this time. */
const everyMs = 30_000;

export function useSharedImages({ isTrustedOnly }: { readonly isTrustedOnly: boolean }) {
  const { api } = useSession();
  const { region: facts, project } = useWorkspace();
  const { region } = facts;
  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const page = await unwrap(
        api.GET('/v1/regions/{region}/images', {
          params: {
            path: { region },
            query: {
              scope: 'shared',
              limit: 100,
              ...(project !== undefined && { project }),
              ...(isTrustedOnly && { trusted: 'true' as const }),
              ...(cursor !== undefined && { cursor }),
            },
          },
        }),
      );
      return { entries: page.images, nextCursor: page.nextCursor };
    },
    [api, region, project, isTrustedOnly],
  );
  return usePages(readPage, { everyMs, atLeast: 100 });
}
