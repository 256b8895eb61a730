import { entriesReadMax, fillPage } from '../../lib/app/fill-page.ts';
import type { PageRequest } from '../../lib/table/store.ts';

/** A list of the numbers 0, 1, 2 ... `length - 1`, whose positions are the numbers, and the sizes of the pages read of it. */
function listOf(length: number) {
  const sizes: number[] = [];
  return {
    sizes,
    read: async ({ limit, after }: PageRequest) => {
      sizes.push(limit);
      const start = after === undefined ? 0 : Number(after) + 1;
      const entries = Array.from({ length: Math.max(0, Math.min(limit, length - start)) }, (_, at) => start + at);
      const end = start + entries.length;
      return { entries, positions: entries.map(String), ...(end < length && { next: String(end - 1) }) };
    },
  };
}

const multiplesOf = (divisor: number) => async (entries: readonly number[]) =>
  entries.map((entry) => (entry % divisor === 0 ? entry : undefined));

describe('fillPage', () => {
  it('reads what fits on the page when everything matches', async () => {
    const { read, sizes } = listOf(10);

    expect(await fillPage({ limit: 3, isFiltered: false }, read, multiplesOf(1))).toEqual({ entries: [0, 1, 2], next: '2' });
    expect(sizes).toEqual([3]);
  });

  it('makes up for entries that are gone', async () => {
    const { read, sizes } = listOf(10);

    expect(await fillPage({ limit: 3, isFiltered: false }, read, multiplesOf(2))).toEqual({ entries: [0, 2, 4], next: '4' });
    expect(sizes).toEqual([3, 1, 1]);
  });

  it('reads 100 entries at a time with a filter, and continues after the last match of the page', async () => {
    const { read, sizes } = listOf(500);

    const first = await fillPage({ limit: 2, isFiltered: true }, read, multiplesOf(90));
    expect(first).toEqual({ entries: [0, 90], next: '90' });
    expect(sizes).toEqual([100]);
    expect(await fillPage({ limit: 2, after: first.next, isFiltered: true }, read, multiplesOf(90))).toEqual({
      entries: [180, 270],
      next: '270',
    });
  });

  it('has no next when the last entry of the list fills the page', async () => {
    const { read } = listOf(5);

    expect(await fillPage({ limit: 2, isFiltered: true }, read, multiplesOf(4))).toEqual({ entries: [0, 4] });
  });

  it(`gives up after ${entriesReadMax} entries, with the position to continue at`, async () => {
    const { read, sizes } = listOf(5_000);

    expect(await fillPage({ limit: 2, isFiltered: true }, read, async (entries) => entries.map(() => undefined))).toEqual({
      entries: [],
      next: '999',
    });
    expect(sizes).toEqual(Array(10).fill(100));
  });

  it('is empty for an empty list', async () => {
    expect(await fillPage({ limit: 2, isFiltered: true }, listOf(0).read, multiplesOf(1))).toEqual({ entries: [] });
  });
});
