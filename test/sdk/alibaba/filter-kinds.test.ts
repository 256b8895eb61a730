import { absentFilters, asksForProperties, commonProperty, creationTime, filterList } from '../../../lib/sdk/alibaba/filters.ts';
import { Text } from '../../../lib/sdk/wire-fields.ts';

type KeyAndValue = readonly [key: string, value: string];
const parse = (...filters: readonly KeyAndValue[]) =>
  filterList(creationTime).safeParse(filters.map(([Key, Value]) => ({ Key, Value })));

describe('filterList', () => {
  const [before, first, last, after] = ['11:59:59', '12:00:00', '13:00:00', '13:00:01'].map((time) => `2026-11-22T${time}Z`) as [
    string,
    string,
    string,
    string,
  ];

  it.each<[filters: KeyAndValue[], found: string[]]>([
    [[['CreationStartTime', '2026-11-22T12:00Z']], [first, last, after]],
    [[['CreationEndTime', '2026-11-22T13:00Z']], [before, first, last]],
    [
      [
        ['CreationStartTime', first],
        ['CreationEndTime', last],
      ],
      [first, last],
    ],
    [[], [before, first, last, after]],
  ])('finds by %j the entries that pass all filters, bounds included', (filters, found) => {
    expect([before, first, last, after].filter(parse(...filters).data ?? (() => false))).toEqual(found);
  });

  it('tells which filter is wrong', () => {
    const time = ['CreationEndTime', first] as const;

    expect(parse(time, ['constructor', first]).error?.issues).toMatchObject([{ path: [1, 'Key'], message: 'is not a filter' }]);
    expect(parse(time, ['CreationStartTime', '2026-02-30T12:00Z']).error?.issues).toMatchObject([
      { path: [1, 'Value'], message: 'must be a time such as 2017-12-05T22:40Z' },
    ]);
  });
});

describe('commonProperty', () => {
  it('finds all entries by the value that they have, none by the other one, and refuses the rest', () => {
    const kind = commonProperty('instance', 'disk');

    expect(['instance', 'disk', 'other'].map((value) => kind.parse(value)?.(''))).toEqual([true, false, undefined]);
    expect(kind.expected).toBe('instance or disk');
  });
});

describe('asksForProperties', () => {
  it('is false only if a request asks for another value', () => {
    const requests = [{}, { Type: 'all' }, { Type: 'other' }, { Type: 'all', Other: 'x' }];

    expect(requests.map((request) => asksForProperties(request, { Type: 'all', Category: 'cloud' }))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});

describe('absentFilters', () => {
  it('tells whether a request has any of them', () => {
    const { areSet } = absentFilters({ KeyPairName: Text, VpcId: Text });

    expect([{}, { ImageId: 'm-1' }, { VpcId: 'v' }].map(areSet)).toEqual([false, false, true]);
  });
});
