import { importOf } from '../../console/src/address-book/import.ts';

const friend = { principalId: '100', name: 'Caf\u00e9', note: 'Berlin' };
const book = new Map([[friend.principalId, friend]]);

describe('importOf', () => {
  it('tells apart what is added, changed, and unchanged', () => {
    expect(importOf('100,Cafe\u0301,Berlin\n200,Web team\n', book)).toEqual({
      added: [{ principalId: '200', name: 'Web team' }],
      changed: [],
      unchanged: 1,
      problems: [],
    });
    expect(importOf('100,Café', book)).toMatchObject({ changed: [{ principalId: '100', name: 'Café' }], unchanged: 0 });
  });

  it('skips a header, and takes the last row of a repeated ID', () => {
    expect(importOf('Account ID,Name\n300,First\n300,Second', book)).toMatchObject({
      added: [{ principalId: '300', name: 'Second' }],
      problems: [],
    });
  });

  it('names the rows that cannot be imported', () => {
    const text = ['1,a', 'b c,name', '2,', `3,${'x'.repeat(129)}`, `4,d,${'x'.repeat(257)}`, '5,e'].join('\n');

    const { added, problems } = importOf(text, book);

    expect(added.map(({ principalId }) => principalId)).toEqual(['1', '5']);
    expect(problems).toEqual([
      { row: 2, problem: 'id' },
      { row: 3, problem: 'name' },
      { row: 4, problem: 'name' },
      { row: 5, problem: 'note' },
    ]);
  });
});
