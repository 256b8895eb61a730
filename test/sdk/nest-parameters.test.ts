import * as fc from 'fast-check';
import { nestParameters } from '../../lib/sdk/nest-parameters.ts';
import { flatten } from './ucloud/requests.ts';

const nest = (parameters: Record<string, unknown>) => nestParameters(Object.entries(parameters));

describe('nestParameters', () => {
  it('leaves plain names unchanged, with values of any type', () => {
    expect(nest({ Action: 'A', Limit: 5, Flag: true, List: ['a'] })).toEqual({ Action: 'A', Limit: 5, Flag: true, List: ['a'] });
  });

  it('converts numbered names to lists and other names to objects', () => {
    expect(nest({ 'Ids.0': 'a', 'Ids.1': 'b', 'Disk.Size': '20', 'Disk.Tags.0.Key': 'k' })).toEqual({
      Ids: ['a', 'b'],
      Disk: { Size: '20', Tags: [{ Key: 'k' }] },
    });
  });

  it.each([
    ['from 1', { 'Ids.1': 'a', 'Ids.2': 'b' }],
    ['in any order', { 'Ids.1': 'b', 'Ids.0': 'a' }],
    ['with gaps', { 'Ids.3': 'a', 'Ids.70': 'b' }],
    ['as numbers, not as strings', { 'Ids.9': 'a', 'Ids.10': 'b' }],
    ['with huge numbers', { 'Ids.4294967296': 'b', 'Ids.7': 'a' }],
    ['with numbers beyond the range of a number', { [`Ids.${'9'.repeat(400)}`]: 'b', 'Ids.7': 'a' }],
  ])('sorts list entries that are numbered %s', (_, parameters) => {
    expect(nest(parameters)).toEqual({ Ids: ['a', 'b'] });
  });

  it.each(['-1', '1e3', ' 1', '', 'N'])('does not treat %j as a list index', (name) => {
    expect(Array.isArray(nest({ [`Ids.${name}`]: 'a', 'Ids.0': 'b' })['Ids'])).toBe(false);
  });

  it('prefers the value of a name that is also a prefix of other names, in any order', () => {
    expect(nest({ Disk: 'a', 'Disk.Size': '20' })).toEqual({ Disk: 'a' });
    expect(nest({ 'Disk.Size': '20', Disk: 'a' })).toEqual({ Disk: 'a' });
  });

  it('nests at most 8 levels, and drops the rest of the name', () => {
    const nested = nest({ [Array.from({ length: 30_000 }, () => 'a').join('.')]: 'x' });
    expect(nested).toEqual({ a: { a: { a: { a: { a: { a: { a: { a: 'x' } } } } } } } });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('treats %s like any other name', (name) => {
    const nested = nest({ [`${name}.polluted`]: 'yes', [`List.0.${name}`]: 'yes' });

    expect(Object.getOwnPropertyDescriptor(nested, name)?.value).toEqual({ polluted: 'yes' });
    const [entry] = nested['List'] as object[];
    expect(Object.getOwnPropertyDescriptor(entry, name)?.value).toBe('yes');
    expect(Object.getPrototypeOf(nested)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  it('reverses flattening', () => {
    const name = fc.stringMatching(/^[A-Za-z]{1,6}$/);
    const { value } = fc.letrec<{ value: unknown; object: object }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string(),
        fc.integer(),
        fc.array(tie('value'), { minLength: 1, maxLength: 4 }),
        tie('object'),
      ),
      object: fc.dictionary(name, tie('value'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
    }));
    const parameters = fc.dictionary(name, value, { maxKeys: 5, noNullPrototype: true });
    fc.assert(fc.property(parameters, (original) => expect(nest(flatten(original))).toEqual(original)));
  });

  it('handles tens of thousands of parameters', () => {
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [`Ids.${index}`, String(index)]));
    expect(nest(many)['Ids']).toHaveLength(30_000);
  });
});
