import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { imagesQuery } from '../api/image-queries.ts';
import { isInProgress } from '../components/image-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ImageActions } from './image-actions.tsx';
import type { ImageAction, OpenDialog } from './image-dialogs.tsx';
import { imageSearchOf } from './image-filter.ts';
import { ImageTable } from './image-table.tsx';
import { imagesTexts } from './texts.ts';
import { useImageFilter } from './use-image-filter.ts';

const ImageDialogs = lazy(() => import('./image-dialogs.tsx'));

const inProgressPollMs = 3_000;

export default function CustomImages() {
  const texts = useTexts(imagesTexts);
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<OpenDialog>();
  const [filter, setFilter] = useImageFilter();
  const search = useMemo(() => imageSearchOf(filter), [filter]);
  const pages = useInfiniteQuery({
    ...imagesQuery(api, region.region, { ...query, scope: 'owned' }, search),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ entries }) => entries.some(isInProgress)) === true && inProgressPollMs,
  });
  const { data } = pages;

  const selected = (data ?? []).filter(({ imageId }) => selectedIds.includes(imageId));
  const share = useCallback((image: Image) => setOpen({ what: 'share', images: [image] }), []);
  const act = (what: ImageAction) => setOpen({ what, images: selected });
  return (
    <SpaceBetween size="m">
      <LoadError query={pages} />
      <ImageTable
        pages={pages}
        filter={filter}
        onFilter={setFilter}
        selected={selected}
        onSelect={setSelectedIds}
        onRegister={() => act('register')}
        onShare={share}
        actions={
          <ImageActions
            images={selected}
            isLoading={pages.isFetching && data?.some(isInProgress) !== true}
            onRefresh={() => void pages.refetch()}
            onAction={act}
          >
            <Button variant="primary" onClick={() => act('register')}>
              {texts.register}
            </Button>
          </ImageActions>
        }
      />
      <Suspense>{open && <ImageDialogs open={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </SpaceBetween>
  );
}
