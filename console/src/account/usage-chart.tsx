import BarChart from '@cloudscape-design/components/bar-chart';
import { EmptyState } from '../components/empty-state.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';
import type { usageByDay } from './usage-days.ts';

export default function UsageChart({
  usage: { regions, rows },
  format,
}: {
  usage: ReturnType<typeof usageByDay>;
  format: (gibHours: number) => string;
}) {
  const texts = useTexts(accountTexts);
  return (
    <BarChart
      stackedBars
      xScaleType="categorical"
      ariaLabel={texts.usageTitle}
      ariaDescription={texts.usageText}
      hideFilter
      height={260}
      xTitle={texts.day}
      yTitle={texts.gibHours}
      xDomain={rows.map(({ day }) => day)}
      xTickFormatter={(day) => day.slice(5)}
      yTickFormatter={format}
      series={regions.map((region, index) => ({
        type: 'bar',
        title: region,
        valueFormatter: format,
        data: rows.map(({ day, gibHours }) => ({ x: day, y: gibHours[index] ?? 0 })),
      }))}
      empty={<EmptyState title={texts.usageEmpty} text={texts.usageEmptyText} />}
    />
  );
}
