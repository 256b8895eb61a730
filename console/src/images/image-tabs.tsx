import Tabs from '@cloudscape-design/components/tabs';
import { useCallback, useEffect, useRef } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { detailsTexts } from './details-texts.ts';
import { MadeInstancesTable } from './made-instances-table.tsx';
import { RecipientsTable } from './recipients-table.tsx';
import { RecordsTable } from './records-table.tsx';

interface ImageTabsProps {
  readonly image: Image;
  readonly onChanged: () => void;
}

/** What only the owner sees of an image: recipients, record and instances. */
export function ImageTabs({ image, onChanged }: ImageTabsProps) {
  const texts = useTexts(detailsTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const { region, imageId, shareCount } = image;
  const readShares = useCallback(async () => {
    const params = { path: { region, imageId }, query };
    return (await answerOf(api.GET('/v1/regions/{region}/images/{imageId}/shares', { params }))).shares;
  }, [api, query, region, imageId]);
  const shares = useCall(readShares);
  const { refresh } = shares;
  const lastCount = useRef(shareCount);
  useEffect(() => {
    if (lastCount.current !== shareCount) {
      lastCount.current = shareCount;
      void refresh();
    }
  }, [shareCount, refresh]);
  const changed = () => {
    void refresh();
    onChanged();
  };
  return (
    <Tabs
      ariaLabel={image.name}
      tabs={[
        {
          id: 'recipients',
          label: texts.recipients,
          content: <RecipientsTable image={image} shares={shares} onChanged={changed} />,
        },
        { id: 'record', label: texts.record, content: <RecordsTable image={image} /> },
        { id: 'instances', label: texts.instances, content: <MadeInstancesTable image={image} /> },
      ]}
    />
  );
}
