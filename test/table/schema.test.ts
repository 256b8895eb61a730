import { randomUUID } from 'node:crypto';
import { fillPattern, type ItemKind, type ItemSchema, keyOf, kindOf, parsePattern, schema } from '../../lib/table/schema.ts';

const kinds = Object.entries(schema) as unknown as readonly (readonly [ItemKind, ItemSchema])[];
const valuesOf = (pattern: string) =>
  Object.fromEntries([...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => [name, `a-${name}`]));

describe('schema', () => {
  it.each(kinds.filter(([kind]) => kind !== 'deletedImage'))('distinguishes the keys of %s from all others', (kind, item) => {
    expect(kindOf(keyOf(item, valuesOf(item.PK + item.SK) as never))).toBe(kind);
  });

  it('treats a deleted image as an image', () => {
    expect(kindOf({ PK: 'IMAGE#ap-guangzhou#img-1', SK: 'IMAGE' })).toBe('image');
  });

  it.each([
    { PK: 'HEALTH', SK: 'HEALTH' },
    { PK: 'IMAGE#ap-guangzhou#img-1', SK: 'OTHER' },
  ])('returns no kind for $PK, $SK', (key) => {
    expect(kindOf(key)).toBeUndefined();
  });

  it.each(kinds.map(([, { PK }]) => PK))('extracts the values that %s was filled with', (pattern) => {
    expect(parsePattern(pattern, fillPattern(pattern, valuesOf(pattern) as never))).toEqual(valuesOf(pattern));
  });

  it('fills and parses a pattern that it sees for the first time', () => {
    const pattern: string = `${randomUUID()}#{one}#x#{two}`;
    const filled = fillPattern(pattern, { one: '1', two: '2' } as never);

    expect(filled).toBe(pattern.replace('{one}', '1').replace('{two}', '2'));
    expect(parsePattern(pattern, filled)).toEqual({ one: '1', two: '2' });
  });
});
