import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type Account, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { usePreferences } from '../frame/preferences.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';
import { lastDays, usageByDay } from './usage-days.ts';
import { UsageTable } from './usage-table.tsx';

const UsageChart = lazy(() => import('./usage-chart.tsx'));

const ranges = [7, 30, 90];

export function Usage({ account }: { account: Account }) {
  const texts = useTexts(accountTexts);
  const { language } = usePreferences();
  const { api } = useSession();
  const workspace = useWorkspace();
  const [count, setCount] = useState(30);
  const [chosen, setChosen] = useState<string>();
  const principals = [
    { value: account.accountId, label: account.name, description: account.accountId },
    ...account.projects.map(({ projectId, name }) => ({ value: projectId, label: name, description: projectId })),
  ];
  const principal = principals.find(({ value }) => value === (chosen ?? workspace.principal)) ?? principals[0];
  const project = principal?.value === account.accountId ? undefined : principal?.value;
  const result = useQuery({
    queryKey: keys.usage(count, project),
    queryFn: async ({ signal }) => {
      const now = new Date();
      const { from, days } = lastDays(count, now);
      const query = { from: from.toISOString(), to: now.toISOString(), ...(project !== undefined && { project }) };
      return usageByDay(await unwrap(api.GET('/v1/usage', { params: { query }, signal })), days);
    },
  });
  const { data: usage, isLoading } = result;
  const numbers = new Intl.NumberFormat(language, {
    maximumFractionDigits: 1,
    maximumSignificantDigits: 2,
    roundingPriority: 'morePrecision',
  });
  const format = (gibHours: number) => numbers.format(gibHours);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={texts.usageText}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {principals.length > 1 && (
                <div data-long-choice>
                  <Select
                    ariaLabel={texts.principal}
                    options={principals}
                    selectedOption={principal ?? null}
                    onChange={({ detail }) => setChosen(detail.selectedOption.value)}
                  />
                </div>
              )}
              <SegmentedControl
                label={texts.range}
                selectedId={String(count)}
                options={ranges.map((days) => ({ id: String(days), text: texts.days(days) }))}
                onChange={({ detail }) => setCount(Number(detail.selectedId))}
              />
            </SpaceBetween>
          }
        >
          {texts.usageTitle}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <LoadError query={result} />
        {isLoading && <Loading />}
        {usage !== undefined && usage.regions.length === 0 && (
          <EmptyState
            title={texts.usageEmpty}
            text={count === Math.max(...ranges) ? texts.usageEmptyLongest : texts.usageEmptyText}
          />
        )}
        {usage !== undefined && usage.regions.length > 0 && (
          <>
            <Box>{texts.usageTotal(format(usage.total))}</Box>
            <Suspense fallback={<Loading />}>
              <UsageChart usage={usage} format={format} />
            </Suspense>
            <ExpandableSection headerText={texts.viewAsTable}>
              <UsageTable usage={usage} format={format} />
            </ExpandableSection>
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
