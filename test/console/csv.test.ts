import { csvOf, rowsOf } from '../../console/src/components/csv.ts';

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

describe('rowsOf', () => {
  it.each([[['a,b', 'say "x"', 'two\nlines', 'plain', '']], [['=1+1', '+1', '-1', '@a', "'quoted'", '＝1']]])(
    'reads what csvOf writes',
    (cells) => {
      expect(rowsOf(`\uFEFF${csvOf([cells, ['next']])}`)).toEqual([cells, ['next']]);
    },
  );

  it('reads any line breaks, with or without a last one, and skips empty lines', () => {
    expect(rowsOf('a,b\n\nc,d\r\n,\r"e"\rf')).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['f']]);
  });

  it.each([
    ['a"b,c', ['a"b', 'c']],
    ['"a"b,c', ['"a"b', 'c']],
    ['"a', ['"a']],
  ])('reads malformed quotes as text: %s', (text, row) => {
    expect(rowsOf(text)).toEqual([row]);
  });
});
