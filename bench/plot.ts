/** Draws a table as SVG. The colors suit a light and a dark page, and the texts follow the reader's color scheme. */
import { formatNumber } from './format.ts';
import type { Cell, Table } from './part.ts';

const colors = ['#2f7fd6', '#d9722e', '#2a9d7f', '#9a63d3', '#b8901f', '#c4527d'];
const width = 760;
const charWidth = 7;

const style = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 14px; font-weight: 600; }
  .quiet { fill: #59636e; font-size: 11px; }
  .grid { stroke: #8b949e; stroke-opacity: .3; }
  .mark { stroke: #c9372c; stroke-dasharray: 4 3; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } .quiet { fill: #9da7b3; } .mark { stroke: #ff7b72; } }
`;

/** What is drawn: its rows, its series, and the scale of the values. */
interface Drawing {
  readonly title: string;
  readonly unit: string;
  readonly names: readonly string[];
  readonly series: readonly {
    readonly title: string;
    readonly color: string;
    readonly values: readonly (number | undefined)[];
  }[];
  readonly mark: { readonly at: number; readonly title: string } | undefined;
  readonly ticks: readonly number[];
  /** The position of a value between 0 and 1. */
  readonly position: (value: number) => number;
}

/** Returns the SVG, or undefined if the table isn't drawn. */
export function plotOf({ title, columns, rows, plot }: Table): string | undefined {
  if (plot === undefined) {
    return undefined;
  }
  const series = plot.series.map((name, index) => ({
    title: name,
    color: colors[index % colors.length] as string,
    values: rows.map((row) => numberOf(row[columns.indexOf(name)])),
  }));
  const values = [...series.flatMap((one) => one.values), plot.mark?.at].filter((value) => value !== undefined);
  const scale = plot.scale === 'logarithmic' ? logarithmic(values) : linear(values);
  const drawing = { title, unit: plot.unit, names: rows.map(([name]) => String(name)), series, mark: plot.mark, ...scale };
  return plot.kind === 'bars' ? bars(drawing) : lines(drawing);
}

const numberOf = (cell: Cell): number | undefined => (typeof cell === 'number' && Number.isFinite(cell) ? cell : undefined);

function linear(values: readonly number[]): Pick<Drawing, 'ticks' | 'position'> {
  const max = Math.max(...values, Number.MIN_VALUE);
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const end = Math.ceil(max / step) * step;
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => Number((index * step).toPrecision(6)));
  return { ticks, position: (value) => value / end };
}

function logarithmic(values: readonly number[]): Pick<Drawing, 'ticks' | 'position'> {
  const positive = values.filter((value) => value > 0);
  const low = Math.floor(Math.log10(Math.min(...positive, 1)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive, 1))));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return { ticks, position: (value) => (value <= 0 ? 0 : Math.max(0, (Math.log10(value) - low) / (high - low))) };
}

const barHeight = 13;
const top = 62;

/** Horizontal bars: a group for each row. */
function bars({ names, series, ticks, position, mark, ...rest }: Drawing): string {
  const left = Math.min(400, 16 + charWidth * Math.max(...names.map((name) => name.length)));
  const [span, groupHeight] = [width - left - 72, barHeight * series.length + 10];
  const height = top + groupHeight * names.length + 26;
  const x = (value: number) => left + span * position(value);
  const grid = ticks.map((tick) => line('grid', [x(tick), top - 6], [x(tick), height - 22]) + label(x(tick), height - 8, tick));
  const groups = names.map((name, row) => {
    const y = top + groupHeight * row;
    const drawn = series.map(({ color, values }, index) => {
      const value = values[row];
      const barTop = y + barHeight * index;
      return value === undefined
        ? ''
        : `<rect x="${left}" y="${barTop}" width="${round(Math.max(1, x(value) - left))}" height="${barHeight - 2}" rx="2" fill="${color}"/>` +
            text(x(value) + 5, barTop + 10, formatNumber(value), 'class="quiet"');
    });
    return text(left - 8, y + (groupHeight - 10) / 2 + 4, name, 'text-anchor="end"') + drawn.join('');
  });
  const marked =
    mark === undefined
      ? ''
      : line('mark', [x(mark.at), top - 6], [x(mark.at), height - 22]) +
        text(x(mark.at), top - 10, mark.title, 'class="quiet" text-anchor="middle"');
  return svg(height, rest, series, [...grid, ...groups, marked]);
}

/** Lines over the rows, which are steps of the same size. */
function lines({ names, series, ticks, position, mark, ...rest }: Drawing): string {
  const [left, height] = [64, 320];
  const [spanX, spanY] = [width - left - 44, height - top - 36];
  const x = (row: number) => left + (names.length === 1 ? spanX / 2 : (spanX * row) / (names.length - 1));
  const y = (value: number) => top + spanY * (1 - position(value));
  const grid = ticks.map(
    (tick) =>
      line('grid', [left, y(tick)], [left + spanX, y(tick)]) +
      text(left - 8, y(tick) + 4, tickText(tick), 'class="quiet" text-anchor="end"'),
  );
  const steps = names.map((name, row) => text(x(row), height - 12, name, 'class="quiet" text-anchor="middle"'));
  const drawn = series.map(({ color, values }) => {
    const points = values.flatMap((value, row) => (value === undefined ? [] : [[round(x(row)), round(y(value))] as const]));
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color}"/>`).join('');
    return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>${dots}`;
  });
  const marked =
    mark === undefined
      ? ''
      : line('mark', [left, y(mark.at)], [left + spanX, y(mark.at)]) +
        text(left + spanX, y(mark.at) - 5, mark.title, 'class="quiet" text-anchor="end"');
  return svg(height, rest, series, [...grid, ...steps, ...drawn, marked]);
}

function svg(
  height: number,
  { title, unit }: Pick<Drawing, 'title' | 'unit'>,
  series: Drawing['series'],
  parts: readonly string[],
) {
  let x = 12;
  const legend = series.map(({ title: name, color }) => {
    const entry = `<rect x="${round(x)}" y="30" width="11" height="11" rx="2" fill="${color}"/>${text(x + 16, 40, name)}`;
    x += 36 + charWidth * name.length;
    return entry;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>${style}</style>
${[text(12, 18, title, 'class="title"'), text(width - 12, 18, unit, 'class="quiet" text-anchor="end"'), ...legend, ...parts].join('\n')}
</svg>
`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const text = (x: number, y: number, value: string, attributes = ''): string =>
  `<text x="${round(x)}" y="${round(y)}"${attributes === '' ? '' : ` ${attributes}`}>${escaped(value)}</text>`;
const tickText = (value: number): string => value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
const label = (x: number, y: number, value: number): string => text(x, y, tickText(value), 'class="quiet" text-anchor="middle"');
const line = (name: string, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number]): string =>
  `<line class="${name}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
