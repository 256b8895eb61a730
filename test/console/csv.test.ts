import { csvOf } from '../../console/src/components/csv.ts';

describe('csvOf', () => {
  it('quotes cells with commas, quotes, and line breaks', () => {
    expect(csvOf([['a,b', 'say "x"', 'two\nlines', 'plain']])).toBe('"a,b","say ""x""","two\nlines",plain\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('makes no formula of %j', (cell) => {
    expect(csvOf([[cell]]).replace(/^"/, '')).toMatch(/^'/);
  });

  it('leaves these characters alone elsewhere', () => {
    expect(csvOf([['a=b', 'img-1', '']])).toBe('a=b,img-1,\r\n');
  });
});
