import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Image, unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { isInProgress } from '../components/image-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useBreadcrumb } from '../frame/breadcrumbs.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { SharedImageMenu } from '../shared-images/shared-image-menu.tsx';
import { useTrustedOwners } from '../shared-images/use-trusted-owners.ts';
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
  const [everyMs, setEveryMs] = useState<number>();
  const [open, setOpen] = useState<OpenDialog>();
  const read = useCallback(
    () => unwrap(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path: { region, imageId }, query } })),
    [api, region, imageId, query],
  );
  const called = useCall(read, { everyMs });
  const { data: image, refresh } = called;
  useEffect(() => setEveryMs(image && isInProgress(image) ? inProgressPollMs : undefined), [image]);

  const close = (changed: boolean, isGone = false) => {
    setOpen(undefined);
    if (isGone) {
      void navigate('/images');
    } else if (changed) {
      void refresh();
    }
  };
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
                images={[image]}
                isLoading={called.isLoading && everyMs === undefined}
                onRefresh={() => void refresh()}
                onAction={(what) => setOpen({ what, images: [image] })}
              />
            ) : (
              image?.visibility === 'shared' && <ReceivedActions image={image} onRefresh={() => void refresh()} />
            )
          }
        >
          {image?.name ?? imageId}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <LoadError called={called} />
        {image === undefined && called.problem === undefined && <Loading />}
        {image?.visibility === 'shared' && (
          <Alert type="info" header={texts.trustTitle}>
            {texts.trust(image.owner)}
          </Alert>
        )}
        {image !== undefined && <ImageSummary image={image} />}
        {isOwned && <ImageTabs image={image} onChanged={() => void refresh()} />}
        <Suspense>{open && <ImageDialogs open={open} onClose={close} />}</Suspense>
      </SpaceBetween>
    </ContentLayout>
  );
}

/** Leaving the image navigates away, because the caller loses access to this page. */
function ReceivedActions({ image, onRefresh }: { image: Image; onRefresh: () => void }) {
  const navigate = useNavigate();
  const trusted = useTrustedOwners();
  return <SharedImageMenu image={image} trusted={trusted} onRefresh={onRefresh} onLeft={() => void navigate('/shared-images')} />;
}
