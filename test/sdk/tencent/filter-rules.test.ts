import { byText, cvmFilterLimits, type FilterRules, idForm, selectBy } from '../../../lib/sdk/tencent/filters.ts';
import { hostsOf } from '../../../lib/sdk/tencent/hosts.ts';
import { ProviderError } from '../../../lib/sdk/wire.ts';
import { thrownBy } from '../../support/builders.ts';

const rules: FilterRules<string> = {
  ...cvmFilterLimits,
  filtersMax: 2,
  valuesMax: 2,
  byName: { letter: byText((entry) => entry) },
};
const filter = { Name: 'letter', Values: ['a'] };

describe('selectBy', () => {
  it('accepts as many filters and values as are allowed', () => {
    expect(selectBy([filter, { ...filter, Values: ['a', 'b'] }], rules)(['a', 'b', 'c'])).toEqual(['a']);
  });

  it.each([
    ['filters', [filter, filter, filter]],
    ['values', [filter, { ...filter, Values: ['a', 'b', 'c'] }]],
  ])('refuses too many %s', (_, filters) => {
    const thrown = thrownBy(() => selectBy(filters, rules));

    expect(thrown).toBeInstanceOf(ProviderError);
    expect(thrown).toMatchObject({
      error: { code: 'InvalidFilterValue.LimitExceeded', message: 'Specify at most 2 filters with at most 2 values each.' },
    });
  });
});

describe('idForm', () => {
  it.each([
    ['ins-09dx96dg', true],
    ['ins-09dx96dgx', false],
    ['ins-09dx96d', false],
    ['img-09dx96dg', false],
  ])('decides on %s: %s', (id, expected) => {
    expect(idForm('ins-').test(id)).toBe(expected);
  });
});

describe('hostsOf', () => {
  it.each([
    ['cvm.tencentcloudapi.com', ['cvm.tencentcloudapi.com']],
    ['localhost:3000', ['localhost:3000', 'localhost']],
    ['[::1]:3000', ['[::1]:3000', '[::1]']],
    [undefined, ['']],
  ])('returns for %s the hosts that can be signed: %j', (host, expected) => {
    const headers = host === undefined ? {} : { host };

    expect(hostsOf({ method: 'POST', path: '/', query: '', headers, body: Buffer.alloc(0) })).toEqual(expected);
  });
});
