import Tabs from '@cloudscape-design/components/tabs';
import { useCallback, useEffect, useRef } from 'react';
import { type Image, unwrap } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { ActivityTable } from './activity-table.tsx';
import { detailsTexts } from './details-texts.ts';
import { LaunchedInstancesTable } from './launched-instances-table.tsx';
import { RecipientsTable } from './recipients-table.tsx';

interface ImageTabsProps {
  readonly image: Image;
  readonly onChanged: () => void;
}

/** The tabs that only the owner sees. */
export function ImageTabs({ image, onChanged }: ImageTabsProps) {
  const texts = useRegionTexts(detailsTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { region, imageId, shareCount } = image;
  const readShares = useCallback(async () => {
    const params = { path: { region, imageId }, query };
    return (await unwrap(api.GET('/v1/regions/{region}/images/{imageId}/shares', { params }))).shares;
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
          id: 'sharing',
          label: texts.sharing,
          content: <RecipientsTable image={image} shares={shares} onChanged={changed} />,
        },
        { id: 'activity', label: texts.activity, content: <ActivityTable image={image} /> },
        { id: 'instances', label: texts.instances, content: <LaunchedInstancesTable image={image} /> },
      ]}
    />
  );
}
