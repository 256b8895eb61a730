import type { Table } from '../../bench/part.ts';
import { plotOf } from '../../bench/plot.ts';

const table: Table = {
  name: 'reads',
  title: 'Reads & <writes>',
  columns: ['images', 'p50', 'p99'],
  rows: [
    ['100', 2, 4],
    ['10,000', undefined, 8],
  ],
};

const countOf = (text: string | undefined, pattern: RegExp): number => text?.match(pattern)?.length ?? 0;

describe('plotOf', () => {
  it('draws nothing unless the table says how', () => {
    expect(plotOf(table)).toBeUndefined();
  });

  it.each(['linear', 'logarithmic'] as const)('draws a bar for each value, the longer the larger, on a %s scale', (scale) => {
    const plot = plotOf({ ...table, plot: { kind: 'bars', series: ['p50', 'p99'], unit: 'ms', scale } });
    const widths = [
      ...(plot?.matchAll(/<rect [^>]*width="([\d.]+)" height="11" rx="2" fill="#(?:2f7fd6|d9722e)"\/><text [^>]*quiet/g) ?? []),
    ];

    expect(widths.map(([, width]) => Number(width))).toHaveLength(3);
    expect(Number(widths[2]?.[1])).toBeGreaterThan(Number(widths[1]?.[1]));
  });

  it('draws a line for each series, with a point for each value', () => {
    const plot = plotOf({
      ...table,
      plot: { kind: 'lines', series: ['p50', 'p99'], unit: 'ms', mark: { at: 5, title: 'goal' } },
    });

    expect([countOf(plot, /<polyline/g), countOf(plot, /<circle/g), countOf(plot, />goal</g)]).toEqual([2, 3, 1]);
  });

  it('escapes texts', () => {
    expect(plotOf({ ...table, plot: { kind: 'bars', series: ['p50'], unit: 'ms' } })).toContain('Reads &amp; &lt;writes&gt;');
  });
});
