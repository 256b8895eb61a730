import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { answerOf, type Image } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { useEndOfTrail } from '../frame/trail.tsx';
import { isUnderWay } from '../parts/image-state.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useSession } from '../session/session-provider.tsx';
import { SharedImageMenu } from '../shared-images/shared-image-menu.tsx';
import { useTrustedOwners } from '../shared-images/use-trusted-owners.ts';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { ImageActions } from './image-actions.tsx';
import type { OpenDialog } from './image-dialogs.tsx';
import { ImageFacts } from './image-facts.tsx';
import { ImageTabs } from './image-tabs.tsx';

const ImageDialogs = lazy(() => import('./image-dialogs.tsx'));

const underWayEveryMs = 3_000;

/** All of an image for its owner, and the facts alone for whom it is shared with. */
export function ImagePage({ region, imageId }: { region: string; imageId: string }) {
  const texts = useTexts(detailsTexts);
  const navigate = useNavigate();
  const { api } = useSession();
  const { query } = usePlace();
  const [everyMs, setEveryMs] = useState<number>();
  const [open, setOpen] = useState<OpenDialog>();
  const read = useCallback(
    () => answerOf(api.GET('/v1/regions/{region}/images/{imageId}', { params: { path: { region, imageId }, query } })),
    [api, region, imageId, query],
  );
  const called = useCall(read, { everyMs });
  const { data: image, refresh } = called;
  useEffect(() => setEveryMs(image && isUnderWay(image) ? underWayEveryMs : undefined), [image]);

  const close = (changed: boolean, isGone = false) => {
    setOpen(undefined);
    if (isGone) {
      void navigate('/images');
    } else if (changed) {
      void refresh();
    }
  };
  const isOwned = image?.visibility === 'owned';
  useEndOfTrail({ below: image?.visibility === 'shared' ? '/shared-images' : '/images', name: image?.name ?? imageId });

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
        <Trouble called={called} />
        {image === undefined && called.problem === undefined && <Loading />}
        {image?.visibility === 'shared' && (
          <Alert type="info" header={texts.trustTitle}>
            {texts.trust(image.owner)}
          </Alert>
        )}
        {image !== undefined && <ImageFacts image={image} />}
        {isOwned && <ImageTabs image={image} onChanged={() => void refresh()} />}
        <Suspense>{open && <ImageDialogs open={open} onClose={close} />}</Suspense>
      </SpaceBetween>
    </ContentLayout>
  );
}

/** What a recipient can do with the image; whoever gave its share up has nothing more to see here. */
function ReceivedActions({ image, onRefresh }: { image: Image; onRefresh: () => void }) {
  const navigate = useNavigate();
  const trusted = useTrustedOwners();
  return <SharedImageMenu image={image} trusted={trusted} onRefresh={onRefresh} onLeft={() => void navigate('/shared-images')} />;
}
