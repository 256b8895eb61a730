/**
 * Returns the differences between a response and what a scenario expects. An object must have the expected fields and can have
 * others; a list must match entry by entry. Besides values, a scenario can state `$absent`, `$present`, a regular expression
 * as `/text/`, and for lists `{ $inAnyOrder: [...] }`, `{ $includes: [...] }`, and `{ $excludes: [...] }`.
 */
export function mismatches(expected: unknown, actual: unknown, path = ''): string[] {
  const differs = (what: string) => [`${path === '' ? 'the response' : path} ${what}, but is ${shown(actual)}`];
  if (expected === '$absent') {
    return actual === undefined ? [] : differs('should be absent');
  }
  if (expected === '$present') {
    return actual === undefined ? differs('should be present') : [];
  }
  if (typeof expected === 'string' && /^\/.+\/$/.test(expected)) {
    const isMatch = typeof actual === 'string' && new RegExp(expected.slice(1, -1)).test(actual);
    return isMatch ? [] : differs(`should match ${expected}`);
  }
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length
      ? expected.flatMap((one, at) => mismatches(one, actual[at], `${path}[${at}]`))
      : differs(`should be ${expected.length} entries, ${shown(expected)}`);
  }
  if (typeof expected === 'object' && expected !== null) {
    const [[word, wanted] = []] = Object.entries(expected);
    const ofList = typeof word === 'string' ? listWords[word] : undefined;
    if (ofList !== undefined) {
      const isMatch = Array.isArray(actual) && Array.isArray(wanted) && ofList(wanted, actual);
      return isMatch ? [] : differs(`should be ${shown(expected)}`);
    }
    return typeof actual === 'object' && actual !== null
      ? Object.entries(expected).flatMap(([key, one]) =>
          mismatches(one, (actual as Record<string, unknown>)[key], path === '' ? key : `${path}.${key}`),
        )
      : differs(`should be ${shown(expected)}`);
  }
  return Object.is(expected, actual) ? [] : differs(`should be ${shown(expected)}`);
}

const isLike = (expected: unknown, actual: unknown): boolean => mismatches(expected, actual).length === 0;

const listWords: Readonly<Record<string, (wanted: readonly unknown[], actual: readonly unknown[]) => boolean>> = {
  $inAnyOrder: (wanted, actual) => actual.length === wanted.length && isAmong(wanted, actual),
  $includes: (wanted, actual) => isAmong(wanted, actual),
  $excludes: (wanted, actual) => wanted.every((one) => !actual.some((other) => isLike(one, other))),
};

/** Whether each expected value matches a different entry. */
function isAmong(wanted: readonly unknown[], actual: readonly unknown[]): boolean {
  const left = [...actual];
  return wanted.every((one) => {
    const at = left.findIndex((other) => isLike(one, other));
    return at >= 0 && left.splice(at, 1).length === 1;
  });
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, 1_000);

/** Returns the part of a value at a path such as `shares.0.sharedAt`; "." is the whole value. */
export const partAt = (path: string, value: unknown): unknown =>
  path === '.'
    ? value
    : path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], value);
