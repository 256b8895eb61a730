import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { imageQuery, keys } from '../api/queries.ts';
import { isInProgress } from '../components/image-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ExpirationAlert } from '../shared-images/expiration-alert.tsx';
import { SharedImageMenu } from '../shared-images/shared-image-menu.tsx';
import { detailsTexts } from './details-texts.ts';
import { ImageActions } from './image-actions.tsx';
import type { OpenDialog } from './image-dialogs.tsx';
import { ImageSummary } from './image-summary.tsx';
import { ImageTabs } from './image-tabs.tsx';

const ImageDialogs = lazy(() => import('./image-dialogs.tsx'));

const inProgressPollMs = 3_000;

/** Owners see sharing, activity, and instances. Recipients see only the details. */
export function ImagePage({ region, imageId }: { region: string; imageId: string }) {
  const texts = useRegionTexts(detailsTexts);
  const navigate = useNavigate();
  const { api } = useSession();
  const { query } = useWorkspace();
  const client = useQueryClient();
  const [open, setOpen] = useState<OpenDialog>();
  const result = useQuery({
    ...imageQuery(api, { region, imageId }, query),
    refetchInterval: ({ state: { data } }) => data !== undefined && isInProgress(data) && inProgressPollMs,
  });
  const { data: image, error } = result;
  const isOwned = image?.visibility === 'owned';
  useBreadcrumb({ below: image?.visibility === 'shared' ? '/shared-images' : '/images', name: image?.name ?? imageId });

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            isOwned ? (
              <ImageActions
                isImagePage
                images={[image]}
                isLoading={result.isFetching && !isInProgress(image)}
                onRefresh={() => void client.invalidateQueries({ queryKey: keys.image(image) })}
                onAction={(what) => setOpen({ what, images: [image] })}
              />
            ) : (
              image?.visibility === 'shared' && (
                <SharedImageMenu image={image} isImagePage onLeft={() => void navigate('/shared-images')} />
              )
            )
          }
        >
          {image?.name ?? imageId}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <LoadError query={result} />
        {image === undefined && error === null && <Loading />}
        {image?.visibility === 'shared' && (
          <Alert type="info" header={texts.trustTitle}>
            {texts.trust(image.owner)}
          </Alert>
        )}
        {image?.visibility === 'shared' && <ExpirationAlert image={image} />}
        {image !== undefined && <ImageSummary image={image} />}
        {isOwned && <ImageTabs image={image} />}
        <Suspense>
          {open && <ImageDialogs open={open} onClose={() => setOpen(undefined)} onDeleted={() => void navigate('/images')} />}
        </Suspense>
      </SpaceBetween>
    </ContentLayout>
  );
}
