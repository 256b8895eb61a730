import Tabs from '@cloudscape-design/components/tabs';
import { noActivityFilter, urlParamsOf } from '../activity/filter.ts';
import type { Image } from '../api/client.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchChange, useSearchState } from '../frame/use-search-state.ts';
import { ActivityTab } from './activity-tab.tsx';
import { detailsTexts } from './details-texts.ts';
import { LaunchedInstancesTable } from './launched-instances-table.tsx';
import { RecipientsTable } from './recipients-table.tsx';

/** The tabs that only the owner sees. */
export function ImageTabs({ image, onShare }: { image: Image; onShare: () => void }) {
  const texts = useRegionTexts(detailsTexts);
  const [active] = useSearchState('tab');
  const changeSearch = useSearchChange();
  const tabs = [
    { id: 'sharing', label: texts.sharing, content: <RecipientsTable image={image} onShare={onShare} /> },
    { id: 'activity', label: texts.activity, content: <ActivityTab image={image} /> },
    { id: 'instances', label: texts.instances, content: <LaunchedInstancesTable image={image} /> },
  ];
  return (
    <Tabs
      ariaLabel={image.name}
      tabs={tabs}
      activeTabId={tabs.some(({ id }) => id === active) ? active : 'sharing'}
      onChange={({ detail }) =>
        changeSearch({ ...urlParamsOf(noActivityFilter), tab: detail.activeTabId, search: '', expiring: '' })
      }
    />
  );
}
