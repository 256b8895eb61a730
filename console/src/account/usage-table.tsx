import Table from '@cloudscape-design/components/table';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';
import type { UsageDay, usageByDay } from './usage-days.ts';

/** The data of the chart as a table, for screen readers. Latest day first. */
export function UsageTable({
  usage: { regions, rows },
  format,
}: {
  usage: ReturnType<typeof usageByDay>;
  format: (gibHours: number) => string;
}) {
  const texts = useTexts(accountTexts);
  return (
    <Table<UsageDay>
      variant="embedded"
      contentDensity="compact"
      items={rows.toReversed()}
      trackBy="day"
      ariaLabels={{ tableLabel: texts.usageTitle }}
      columnDefinitions={[
        { id: 'day', header: texts.day, minWidth: 120, isRowHeader: true, cell: ({ day }) => day },
        ...regions.map((region, index) => ({
          id: region,
          header: region,
          minWidth: 120,
          cell: ({ gibHours }: UsageDay) => format(gibHours[index] ?? 0),
        })),
        { id: 'total', header: texts.total, minWidth: 100, cell: ({ total }) => format(total) },
      ]}
    />
  );
}
