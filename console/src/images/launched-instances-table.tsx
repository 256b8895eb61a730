import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Image, Instance } from '../api/client.ts';
import { instancesQuery } from '../api/instance-queries.ts';
import { Copyable } from '../components/copyable.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { formatTime } from '../components/format-time.ts';
import { ProductNames } from '../components/product-names.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useSearchState } from '../frame/use-search-state.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { detailsTexts } from './details-texts.ts';
import { SearchTable } from './search-table.tsx';
import { imagesTexts } from './texts.ts';

const shownColumns = { narrow: ['instanceId', 'created'] };

/** The caller's instances that were launched from the image. */
export function LaunchedInstancesTable({ image }: { image: Image }) {
  const { region, imageId } = image;
  const [isLaunching, setIsLaunching] = useState(false);
  const texts = useRegionTexts(detailsTexts);
  const names = useTexts(imagesTexts);
  const { noValue, listSeparator } = useTexts(commonTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const [search, setSearch] = useSearchState('search');
  const pages = useInfiniteQuery(instancesQuery(api, region, { ...query, imageId }, search));
  const columns = useMemo(
    (): readonly TableProps.ColumnDefinition<Instance>[] => [
      {
        id: 'instanceId',
        header: texts.instanceId,
        cell: ({ instanceId }) => <Copyable text={instanceId} />,
        sortingField: 'instanceId',
        isRowHeader: true,
        minWidth: 180,
      },
      {
        id: 'product',
        header: texts.product,
        cell: ({ product }) => <ProductNames products={[product]} />,
        sortingField: 'product',
        minWidth: 120,
      },
      { id: 'os', header: names.os, cell: ({ os }) => os || noValue, sortingField: 'os', minWidth: 150 },
      { id: 'disks', header: texts.disks, cell: ({ disksGiB }) => disksGiB.map(names.gib).join(listSeparator), minWidth: 120 },
      {
        id: 'created',
        header: names.created,
        cell: ({ createdAt }) => formatTime(createdAt),
        sortingField: 'createdAt',
        minWidth: 170,
      },
    ],
    [texts, names, noValue, listSeparator],
  );
  return (
    <>
      <SearchTable
        pages={pages}
        entries={pages.data ?? []}
        table="launched-instances"
        columns={columns}
        shownColumns={shownColumns}
        trackBy="instanceId"
        title={texts.instances}
        text={texts.instancesText}
        empty={
          <EmptyState title={texts.noInstances} text={texts.noInstancesText}>
            <Button onClick={() => setIsLaunching(true)}>{texts.launchInstance}</Button>
          </EmptyState>
        }
        isFiltered={search.trim() !== ''}
        onClearFilter={() => setSearch('')}
        filter={
          <TextFilter
            filteringText={search}
            filteringAriaLabel={texts.findInstances}
            filteringPlaceholder={texts.findInstances}
            onChange={({ detail }) => setSearch(detail.filteringText)}
          />
        }
        refresh={texts.refreshInstances}
        actions={
          (search !== '' || pages.data?.length !== 0) && (
            <Button onClick={() => setIsLaunching(true)}>{texts.launchInstance}</Button>
          )
        }
      />
      {isLaunching && <LaunchDialog image={image} onClose={() => setIsLaunching(false)} />}
    </>
  );
}
