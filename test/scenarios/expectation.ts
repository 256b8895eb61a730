/**
 * Returns the differences between a response and what a scenario expects. An object must have the expected fields and can have
 * others; a list must match entry by entry. Besides values, a scenario can state `$absent`, `$present`, a regular expression
 * as `/text/`, and for lists `{ $inAnyOrder: [...] }`, `{ $includes: [...] }`, and `{ $excludes: [...] }`.
 */
export function mismatches(expected: unknown, actual: unknown, path = ''): string[] {
  const mismatch = (expectation: string) => [
    `${path === '' ? 'the response' : path} ${expectation}, but is ${formatted(actual)}`,
  ];
  if (expected === '$absent') {
    return actual === undefined ? [] : mismatch('should be absent');
  }
  if (expected === '$present') {
    return actual === undefined ? mismatch('should be present') : [];
  }
  if (typeof expected === 'string' && /^\/.+\/$/.test(expected)) {
    const isMatch = typeof actual === 'string' && new RegExp(expected.slice(1, -1)).test(actual);
    return isMatch ? [] : mismatch(`should match ${expected}`);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length
      ? expected.flatMap((entry, index) => mismatches(entry, actual[index], `${path}[${index}]`))
      : mismatch(`should be ${expected.length} entries, ${formatted(expected)}`);
  }
  if (typeof expected === 'object' && expected !== null) {
    const [[keyword, expectedEntries] = []] = Object.entries(expected);
    const matcher = typeof keyword === 'string' ? listMatchers[keyword] : undefined;
    if (matcher !== undefined) {
      const isMatch = Array.isArray(actual) && Array.isArray(expectedEntries) && matcher(expectedEntries, actual);
      return isMatch ? [] : mismatch(`should be ${formatted(expected)}`);
    }
    return typeof actual === 'object' && actual !== null
      ? Object.entries(expected).flatMap(([key, entry]) =>
          mismatches(entry, (actual as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
        )
      : mismatch(`should be ${formatted(expected)}`);
  }
  return Object.is(expected, actual) ? [] : mismatch(`should be ${formatted(expected)}`);
}

const matches = (expected: unknown, actual: unknown): boolean => mismatches(expected, actual).length === 0;

const listMatchers: Readonly<Record<string, (expectedEntries: readonly unknown[], actual: readonly unknown[]) => boolean>> = {
  $inAnyOrder: (expectedEntries, actual) => actual.length === expectedEntries.length && containsAll(expectedEntries, actual),
  $includes: (expectedEntries, actual) => containsAll(expectedEntries, actual),
  $excludes: (expectedEntries, actual) =>
    expectedEntries.every((entry) => !actual.some((actualEntry) => matches(entry, actualEntry))),
};

/** Whether each expected value matches a different entry. */
function containsAll(expectedEntries: readonly unknown[], actual: readonly unknown[]): boolean {
  const unmatched = [...actual];
  return expectedEntries.every((entry) => {
    const index = unmatched.findIndex((actualEntry) => matches(entry, actualEntry));
    return index >= 0 && unmatched.splice(index, 1).length === 1;
  });
}

const formatted = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 1_000);

/** Returns the part of a value at a path such as `shares.0.sharedAt`; "." is the whole value. */
export const partAt = (path: string, value: unknown): unknown =>
  path === '.'
    ? value
    : path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
