import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { imageQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { isInProgress } from '../components/image-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { keepNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useHrefTo, useWorkspace } from '../frame/workspace.tsx';
import { PublicImageActions } from '../public-images/public-image-actions.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ExpirationAlert } from '../shared-images/expiration-alert.tsx';
import { SharedImageMenu } from '../shared-images/shared-image-menu.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';
import { ImageActions } from './image-actions.tsx';
import type { OpenDialog } from './image-dialogs.tsx';
import { ImageSummary } from './image-summary.tsx';
import { ImageTabs } from './image-tabs.tsx';
import { MissingImage } from './missing-image.tsx';

const ImageDialogs = lazy(() => import('./image-dialogs.tsx'));

const inProgressPollMs = 3_000;

const listOf: Readonly<Record<Image['visibility'], string>> = {
  owned: '/images',
  shared: '/shared-images',
  public: '/public-images',
};

/** Owners see sharing, activity, and instances. Recipients see only the details. */
export function ImagePage({ region, imageId }: { region: string; imageId: string }) {
  const texts = useRegionTexts(detailsTexts);
  const nameOf = useNameOf();
  const common = useTexts(commonTexts);
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
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
  const title = image?.name ?? (error === null ? common.loading : imageId);
  useBreadcrumb({ below: listOf[image?.visibility ?? 'owned'], name: title });

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
              <>
                {image?.visibility === 'shared' && (
                  <SharedImageMenu
                    image={image}
                    isImagePage
                    onLeft={() => void navigate(hrefTo('/shared-images'), { state: keepNotices })}
                  />
                )}
                {image?.visibility === 'public' && <PublicImageActions image={image} />}
              </>
            )
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {error?.document?.code === 'ImageNotFound' ? (
          <MissingImage image={{ region, imageId }} query={result} />
        ) : (
          <LoadError query={result} />
        )}
        {image === undefined && error === null && <Loading />}
        {image?.visibility === 'shared' && (
          <>
            <ExpirationAlert image={image} />
            <Alert type="info" header={texts.trustTitle}>
              {texts.trust(nameOf(image.owner))}
            </Alert>
          </>
        )}
        {image !== undefined && <ImageSummary image={image} />}
        {isOwned && <ImageTabs image={image} onShare={() => setOpen({ what: 'share', images: [image] })} />}
        <Suspense>
          {open && (
            <ImageDialogs
              open={open}
              onClose={() => setOpen(undefined)}
              onDeleted={() => void navigate(hrefTo('/images'), { state: keepNotices })}
            />
          )}
        </Suspense>
      </SpaceBetween>
    </ContentLayout>
  );
}
