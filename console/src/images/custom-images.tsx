import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useState } from 'react';
import { answerOf } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { usePlace } from '../frame/place.tsx';
import { isUnderWay } from '../parts/image-state.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { ImageActions } from './image-actions.tsx';
import { type ImageAction, ImageDialogs, type OpenDialog } from './image-dialogs.tsx';
import { ImageTable } from './image-table.tsx';
import { imagesTexts } from './texts.ts';

const underWayEveryMs = 3_000;
/** The list may be so far behind a change. */
const listLagMs = 1_500;

/** The images that belong to whoever the place says. */
export default function CustomImages() {
  const texts = useTexts(imagesTexts);
  const { api } = useSession();
  const { region, query, refreshAccount } = usePlace();
  const [everyMs, setEveryMs] = useState<number>();
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<OpenDialog>();

  const readPage = useCallback(
    async (cursor: string | undefined) => {
      const narrowed = { ...query, scope: 'owned' as const, limit: 100, ...(cursor !== undefined && { cursor }) };
      const params = { path: { region: region.region }, query: narrowed };
      const { images, nextCursor } = await answerOf(api.GET('/v1/regions/{region}/images', { params }));
      return { entries: images, nextCursor };
    },
    [api, region.region, query],
  );
  const pages = usePages(readPage, { everyMs, atLeast: 100 });
  const { data, refresh } = pages;
  useEffect(() => setEveryMs(data?.some(isUnderWay) ? underWayEveryMs : undefined), [data]);

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
      <Trouble called={pages} />
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
      <ImageDialogs open={open} onClose={close} />
    </SpaceBetween>
  );
}
