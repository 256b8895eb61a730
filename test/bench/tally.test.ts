import { Tally } from '../../bench/load/tally.ts';

describe('Tally', () => {
  it('reports the responses whose status was not expected, and how many of them there were', () => {
    const tally = new Tally();
    for (const status of [200, 503, 200, 503, 429]) {
      tally.add('npm start', 'delete', status, 200);
    }

    expect(tally.problems).toEqual([
      'npm start: delete: status 503 instead of 200, 2 times',
      'npm start: delete: status 429 instead of 200, 1 times',
    ]);
  });
});
