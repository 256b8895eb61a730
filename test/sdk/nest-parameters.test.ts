import * as fc from 'fast-check';
import { nestParameters } from '../../lib/sdk/nest-parameters.ts';
import { flat } from './ucloud/requests.ts';

const of = (parameters: Record<string, unknown>) => nestParameters(Object.entries(parameters));

describe('nestParameters', () => {
  it('leaves plain names as they are, with values of any type', () => {
    expect(of({ Action: 'A', Limit: 5, Flag: true, List: ['a'] })).toEqual({ Action: 'A', Limit: 5, Flag: true, List: ['a'] });
  });

  it('makes lists of numbered names and objects of others', () => {
    expect(of({ 'Ids.0': 'a', 'Ids.1': 'b', 'Disk.Size': '20', 'Disk.Tags.0.Key': 'k' })).toEqual({
      Ids: ['a', 'b'],
      Disk: { Size: '20', Tags: [{ Key: 'k' }] },
    });
  });

  it.each([
    ['from 1', { 'Ids.1': 'a', 'Ids.2': 'b' }],
    ['in any order', { 'Ids.1': 'b', 'Ids.0': 'a' }],
    ['with gaps', { 'Ids.3': 'a', 'Ids.70': 'b' }],
    ['as numbers, not as texts', { 'Ids.9': 'a', 'Ids.10': 'b' }],
    ['with huge ones', { 'Ids.4294967296': 'b', 'Ids.7': 'a' }],
    ['with ones beyond any number', { [`Ids.${'9'.repeat(400)}`]: 'b', 'Ids.7': 'a' }],
  ])('puts entries that are numbered %s one after the other', (_, parameters) => {
    expect(of(parameters)).toEqual({ Ids: ['a', 'b'] });
  });

  it.each(['-1', '1e3', ' 1', '', 'N'])('takes %j for no number', (name) => {
    expect(Array.isArray(of({ [`Ids.${name}`]: 'a', 'Ids.0': 'b' })['Ids'])).toBe(false);
  });

  it('lets a value stand alone where it is the start of other names too, whichever comes first', () => {
    expect(of({ Disk: 'a', 'Disk.Size': '20' })).toEqual({ Disk: 'a' });
    expect(of({ 'Disk.Size': '20', Disk: 'a' })).toEqual({ Disk: 'a' });
  });

  it('goes no deeper than 8 parts of a name, however many it has', () => {
    const deep = of({ [Array.from({ length: 30_000 }, () => 'a').join('.')]: 'x' });
    expect(deep).toEqual({ a: { a: { a: { a: { a: { a: { a: { a: 'x' } } } } } } } });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('knows %s as a name like others', (name) => {
    const made = of({ [`${name}.polluted`]: 'yes', [`List.0.${name}`]: 'yes' });

    expect(Object.getOwnPropertyDescriptor(made, name)?.value).toEqual({ polluted: 'yes' });
    const [entry] = made['List'] as object[];
    expect(Object.getOwnPropertyDescriptor(entry, name)?.value).toBe('yes');
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });

  it('gives back what was flattened', () => {
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
    fc.assert(fc.property(parameters, (stated) => expect(nestParameters(Object.entries(flat(stated)))).toEqual(stated)));
  });

  it('reads tens of thousands of parameters', () => {
    const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, at) => [`Ids.${at}`, String(at)]));
    expect(of(many)['Ids']).toHaveLength(30_000);
  });
});
