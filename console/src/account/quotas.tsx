import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import type { Account } from '../api/client.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { useIsNarrow } from '../components/use-is-narrow.ts';
import { useRegionName } from '../frame/use-region-name.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

type Quota = Account['quotas'][number] & { readonly name: string };

const shown = (...ids: readonly string[]) => ids.map((id) => ({ id, visible: true }));
const wideColumns = shown('region', 'principal', 'images');
const narrowColumns = shown('region', 'images');

/** Fraction of the limit at which the meter warns. */
const quotaWarningFraction = 0.9;

export function Quotas({ account, isLoading, refresh }: { account: Account; isLoading: boolean; refresh: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useTexts(accountTexts);
  const isNarrow = useIsNarrow();
  const regionName = useRegionName();
  const names = new Map([
    [account.accountId, account.name],
    ...account.projects.map(({ projectId, name }) => [projectId, name] as const),
  ]);
  const quotas = account.quotas.map((quota) => ({ ...quota, name: names.get(quota.principal) ?? '' }));
  const { items, filterProps, collectionProps, filteredItemsCount, actions } = useCollection(quotas, {
    filtering: {
      fields: ['region', 'principal', 'name'],
      empty: <EmptyState title={texts.quotasEmpty} text={texts.quotasEmptyText} />,
      noMatch: (
        <EmptyState title={common.noMatches} text={common.noMatchesText(false)}>
          <Button onClick={() => actions.setFiltering('')}>{common.clearFilters}</Button>
        </EmptyState>
      ),
    },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      items={items}
      trackBy={({ region, principal }) => `${region} ${principal}`}
      wrapLines
      header={
        <Header
          variant="h2"
          description={texts.quotasText}
          actions={<Button iconName="refresh" ariaLabel={common.refresh} loading={isLoading} onClick={refresh} />}
        >
          {texts.quotasTitle}
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder={texts.find}
          filteringAriaLabel={texts.find}
          countText={common.matches(filteredItemsCount ?? 0)}
        />
      }
      ariaLabels={{ tableLabel: texts.quotasTitle }}
      columnDisplay={isNarrow ? narrowColumns : wideColumns}
      columnDefinitions={[
        {
          id: 'region',
          header: texts.region,
          sortingField: 'region',
          minWidth: 130,
          isRowHeader: true,
          cell: ({ region, name }) => (
            <>
              {regionName(region)}
              {isNarrow && (
                <Box color="text-body-secondary" fontSize="body-s">
                  <span data-long-word>{name}</span>
                </Box>
              )}
            </>
          ),
        },
        {
          id: 'principal',
          header: texts.principal,
          sortingField: 'name',
          minWidth: 170,
          cell: ({ name, principal }) => (
            <>
              <Box>
                <span data-long-word>{name}</span>
              </Box>
              <Box color="text-body-secondary" fontSize="body-s">
                {principal}
              </Box>
            </>
          ),
        },
        {
          id: 'images',
          header: texts.images,
          sortingComparator: (a, b) => a.used / a.limit - b.used / b.limit,
          minWidth: isNarrow ? 140 : 220,
          cell: (quota) => <Meter quota={quota} />,
        },
      ]}
    />
  );
}

function Meter({ quota: { region, principal, name, used, limit } }: { quota: Quota }) {
  const texts = useTexts(accountTexts);
  const { labeled } = useTexts(commonTexts);
  return (
    <ProgressBar
      variant="key-value"
      value={limit === 0 ? 100 : Math.min(100, Math.round((used / limit) * 100))}
      ariaLabel={labeled(texts.quotaOf(region, name === '' ? principal : name), texts.usedOf(used, limit))}
      additionalInfo={
        <SpaceBetween direction="horizontal" size="xs">
          <span>{texts.usedOf(used, limit)}</span>
          {used >= limit * quotaWarningFraction && (
            <StatusIndicator type="warning">{used >= limit ? texts.quotaReached : texts.quotaNear}</StatusIndicator>
          )}
        </SpaceBetween>
      }
    />
  );
}
