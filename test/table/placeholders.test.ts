import { Placeholders } from '../../lib/table/placeholders.ts';

describe('Placeholders', () => {
  it('are short, one for each name and one for each use of a value', () => {
    const placeholders = new Placeholders();

    expect(['state', 'products', 'state'].map((name) => placeholders.name(name))).toEqual(['#0', '#1', '#0']);
    expect(['a', 'a'].map((value) => placeholders.value(value))).toEqual([':0', ':1']);
    expect(placeholders.attributes).toEqual({
      ExpressionAttributeNames: { '#0': 'state', '#1': 'products' },
      ExpressionAttributeValues: { ':0': 'a', ':1': 'a' },
    });
  });

  it('have one character each up to the 36th', () => {
    const placeholders = new Placeholders();
    const all = Array.from({ length: 37 }, (_, index) => [placeholders.name(`n${index}`), placeholders.value(index)]);

    expect([all[35], all[36]]).toEqual([
      ['#z', ':z'],
      ['#10', ':10'],
    ]);
  });

  it('are left out of a request if there are none, because DynamoDB refuses empty maps', () => {
    expect(new Placeholders().attributes).toStrictEqual({});
  });
});
