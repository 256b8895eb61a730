import { readMatches } from '../../console/src/api/read-matches.ts';

/** Reads a list of which only the last of so many responses has an entry. */
const readList = (responses: number) =>
  readMatches(
    async ({ cursor = '1' }) =>
      Number(cursor) === responses ? { entries: ['found'] } : { entries: [], nextCursor: String(Number(cursor) + 1) },
    undefined,
    100,
  );

describe('a search', () => {
  it('goes on through responses without a match, as many as 10,000 shared images need', async () => {
    expect(await readList(21)).toEqual({ entries: ['found'], nextCursor: undefined });
  });

  it('stops after 50 responses, and can be continued', async () => {
    expect(await readList(51)).toEqual({ entries: [], nextCursor: '51' });
  });
});
