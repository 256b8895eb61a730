import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useState } from 'react';
import { answerOf } from '../api/client.ts';
import { useCall } from '../api/use-call.ts';
import { type Account, usePlace } from '../frame/place.tsx';
import { usePreferences } from '../frame/preferences.tsx';
import { Loading } from '../parts/loading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { accountTexts } from './texts.ts';
import { lastDays, usageByDay } from './usage-days.ts';
import { UsageTable } from './usage-table.tsx';

const UsageChart = lazy(() => import('./usage-chart.tsx'));

const ranges = [7, 30, 90];

/** What the images of the account, or of one of its projects, took up day by day. */
export function Usage({ account }: { account: Account }) {
  const texts = useTexts(accountTexts);
  const { language } = usePreferences();
  const { api } = useSession();
  const place = usePlace();
  const [count, setCount] = useState(30);
  const [chosen, setChosen] = useState<string>();
  const holders = [
    { value: account.accountId, label: account.name, description: account.accountId },
    ...account.projects.map(({ projectId, name }) => ({ value: projectId, label: name, description: projectId })),
  ];
  const holder = holders.find(({ value }) => value === (chosen ?? place.holder)) ?? holders[0];
  const project = holder?.value === account.accountId ? undefined : holder?.value;
  const read = useCallback(async () => {
    const now = new Date();
    const { from, days } = lastDays(count, now);
    const query = { from: from.toISOString(), to: now.toISOString(), ...(project !== undefined && { project }) };
    return usageByDay(await answerOf(api.GET('/v1/usage', { params: { query } })), days);
  }, [api, count, project]);
  const called = useCall(read);
  const { data: usage, isLoading } = called;
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
              {holders.length > 1 && (
                <Select
                  ariaLabel={texts.holder}
                  options={holders}
                  selectedOption={holder ?? null}
                  onChange={({ detail }) => setChosen(detail.selectedOption.value)}
                />
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
        <Trouble called={called} />
        {usage === undefined && isLoading && <Loading />}
        {usage !== undefined && usage.regions.length === 0 && (
          <Box textAlign="center" color="text-body-secondary" padding="l">
            {texts.usageEmpty}
          </Box>
        )}
        {usage !== undefined && usage.regions.length > 0 && (
          <>
            <Box>{texts.usageTotal(format(usage.total))}</Box>
            <Suspense fallback={<Loading />}>
              <UsageChart usage={usage} format={format} />
            </Suspense>
            <ExpandableSection headerText={texts.asTable}>
              <UsageTable usage={usage} format={format} />
            </ExpandableSection>
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
