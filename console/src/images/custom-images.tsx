import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { unwrap } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { isInProgress } from '../components/image-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ImageActions } from './image-actions.tsx';
import type { ImageAction, OpenDialog } from './image-dialogs.tsx';
import { ImageTable } from './image-table.tsx';
import { imagesTexts } from './texts.ts';

const ImageDialogs = lazy(() => import('./image-dialogs.tsx'));

const inProgressPollMs = 3_000;
/** The image list is eventually consistent: it can lag a change by this much. */
const listLagMs = 1_500;

export default function CustomImages() {
  const texts = useTexts(imagesTexts);
  const { api } = useSession();
  const { region, query, refreshAccount } = useWorkspace();
  const [everyMs, setEveryMs] = useState<number>();
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<OpenDialog>();

  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const narrowed = { ...query, scope: 'owned' as const, limit: 100, ...(cursor !== undefined && { cursor }) };
      const params = { path: { region: region.region }, query: narrowed };
      const { images, nextCursor } = await unwrap(api.GET('/v1/regions/{region}/images', { params }));
      return { entries: images, nextCursor };
    },
    [api, region.region, query],
  );
  const pages = usePages(readPage, { everyMs, atLeast: 100 });
  const { data, refresh } = pages;
  useEffect(() => setEveryMs(data?.some(isInProgress) ? inProgressPollMs : undefined), [data]);

  const selected = (data ?? []).filter(({ imageId }) => selectedIds.includes(imageId));
  const act = (what: ImageAction) => setOpen({ what, images: selected });
  const close = (changed: boolean) => {
    setOpen(undefined);
    if (changed) {
      void refresh();
      void refreshAccount();
      setTimeout(() => void refresh(), listLagMs);
    }
  };

  return (
    <SpaceBetween size="m">
      <LoadError called={pages} />
      {(data !== undefined || pages.problem === undefined) && (
        <ImageTable
          pages={pages}
          selected={selected}
          onSelect={setSelectedIds}
          onRegister={() => act('register')}
          actions={
            <ImageActions
              images={selected}
              isLoading={pages.isLoading && everyMs === undefined}
              onRefresh={() => void refresh()}
              onAction={act}
            >
              <Button variant="primary" onClick={() => act('register')}>
                {texts.register}
              </Button>
            </ImageActions>
          }
        />
      )}
      <Suspense>{open && <ImageDialogs open={open} onClose={close} />}</Suspense>
    </SpaceBetween>
  );
}
