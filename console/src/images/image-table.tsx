import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import Table from '@cloudscape-design/components/table';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Image } from '../api/client.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadMore } from '../components/load-more.tsx';
import { PageLink } from '../components/page-link.tsx';
import { useSorting } from '../components/use-sorting.ts';
import { useTableLayout } from '../components/use-table-layout.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { columnsShownFirst, ownColumnsOf } from './image-columns.tsx';
import { filteringOptionsOf, filteringPropertiesOf, type ImageRow, rowOf } from './image-filter.ts';
import { imagesTexts } from './texts.ts';

interface ImageTableProps {
  readonly pages: UseInfiniteQueryResult<readonly Image[]>;
  readonly filter: PropertyFilterProps.Query['tokens'];
  readonly onFilter: (filter: PropertyFilterProps.Query['tokens']) => void;
  readonly selected: readonly Image[];
  readonly onSelect: (imageIds: readonly string[]) => void;
  readonly actions: React.ReactNode;
  readonly onRegister: () => void;
  readonly onShare: (image: Image) => void;
}

/** `pages` are what the service finds for the filter. */
export function ImageTable({ pages, filter, onFilter, selected, onSelect, actions, onRegister, onShare }: ImageTableProps) {
  const common = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  const { account, region, project } = useWorkspace();
  const projectName = account.projects.find(({ projectId }) => projectId === project)?.name;
  const { data, error, isLoading, isPlaceholderData, hasNextPage } = pages;
  const columns = useMemo(() => ownColumnsOf({ texts, region, onShare }), [texts, region, onShare]);
  const layout = useTableLayout<ImageRow>('images', columns, columnsShownFirst);
  const rows = useMemo(() => (data ?? []).map(rowOf), [data]);
  const filteringProperties = useMemo(() => filteringPropertiesOf(texts), [texts]);
  const filteringOptions = useMemo(() => filteringOptionsOf(rows, common.imageStates), [rows, common]);
  const { items, sorting } = useSorting(rows, hasNextPage);
  const change = (changed: PropertyFilterProps.Query['tokens']) => {
    // Filtered-out rows must not stay selected.
    onSelect([]);
    onFilter(changed);
  };
  const isFiltered = filter.length > 0;
  const count = `${items.length}${hasNextPage ? '+' : ''}`;
  const isKnown = data !== undefined && !isPlaceholderData;
  return (
    <Table<ImageRow>
      {...layout}
      {...sorting}
      items={items}
      trackBy="imageId"
      variant="full-page"
      stickyHeader
      // The actions stay in sight where the columns don't fit.
      stickyColumns={{ last: layout.resizableColumns ? 1 : 0 }}
      selectionType="multi"
      selectedItems={rows.filter(({ imageId }) => selected.some((one) => one.imageId === imageId))}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems.map(({ imageId }) => imageId))}
      loading={isLoading || (isPlaceholderData && items.length === 0)}
      loadingText={isFiltered ? common.searching : common.loading}
      empty={emptyState()}
      ariaLabels={{
        tableLabel: texts.title,
        selectionGroupLabel: texts.selection,
        allItemsSelectionLabel: () => texts.selectAll,
        itemSelectionLabel: (_, { name }) => texts.selectOne(name),
      }}
      header={
        <Header
          variant="awsui-h1-sticky"
          {...(isKnown && { counter: selected.length === 0 ? `(${count})` : `(${selected.length}/${count})` })}
          description={`${texts.intro(
            region.recipientsPerImageMax,
            region.principalKind,
            project === undefined ? undefined : (projectName ?? project),
          )}${common.space}${common.timesText}`}
          actions={actions}
        >
          {texts.title}
        </Header>
      }
      filter={
        <PropertyFilter
          query={{ tokens: filter, operation: 'and' }}
          hideOperations
          filteringProperties={filteringProperties}
          onChange={({ detail }) => change(detail.tokens)}
          filteringOptions={filteringOptions}
          filteringAriaLabel={texts.search}
          filteringPlaceholder={texts.search}
          countText={isKnown ? common.matches(items.length, hasNextPage) : error === null ? common.searching : ''}
          expandToViewport
        />
      }
      footer={hasNextPage && !isPlaceholderData && <LoadMore pages={pages} />}
    />
  );

  function emptyState(): React.ReactNode {
    if (data === undefined && error !== null) {
      return <EmptyState title={texts.loadFailed} />;
    }
    return isFiltered ? (
      <EmptyState title={common.noMatches} text={common.noMatchesText(hasNextPage)}>
        <Button onClick={() => change([])}>{common.clearFilters}</Button>
      </EmptyState>
    ) : (
      <EmptyState title={texts.noImages} text={texts.noImagesText}>
        <Button onClick={onRegister}>{texts.register}</Button>
        <PageLink to="/instances">{texts.goToInstances}</PageLink>
      </EmptyState>
    );
  }
}
