import Alert from '@cloudscape-design/components/alert';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { answerOf } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { isUnderWay } from '../parts/image-state.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { ImageActions } from './image-actions.tsx';
import { ImageDialogs, type OpenDialog } from './image-dialogs.tsx';
import { ImageFacts } from './image-facts.tsx';
import { ImageTabs } from './image-tabs.tsx';

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
  const list = isOwned || image === undefined ? ['/images', texts.back] : ['/shared-images', texts.sharedImages];
  const [listPath = '', listName = ''] = list;

  return (
    <ContentLayout
      breadcrumbs={
        <BreadcrumbGroup
          items={[
            { text: listName, href: `/console${listPath}` },
            { text: image?.name ?? imageId, href: '' },
          ]}
          onFollow={(event) => {
            event.preventDefault();
            void navigate(listPath);
          }}
        />
      }
      header={
        <Header
          variant="h1"
          actions={
            isOwned && (
              <ImageActions
                images={[image]}
                isLoading={called.isLoading && everyMs === undefined}
                onRefresh={() => void refresh()}
                onAction={(what) => setOpen({ what, images: [image] })}
              />
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
        <ImageDialogs open={open} onClose={close} />
      </SpaceBetween>
    </ContentLayout>
  );
}
