import type * as z from 'zod';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'a boolean',
  date: 'a date',
  int: 'an integer',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

/** A zod error map whose messages complete "the field ...". Messages that a schema defines take precedence. */
export const fieldReasons: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a date and time with an offset, such as 2026-11-22T12:00:00Z'
        : `must match ${issue.pattern ?? issue.format}`;
    case 'too_small':
      return `must ${bound(issue.origin, 'at least', issue.minimum)}`;
    case 'too_big':
      return `must ${bound(issue.origin, 'at most', issue.maximum)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
};

function bound(origin: string, side: 'at least' | 'at most', value: number | bigint): string {
  switch (origin) {
    case 'array':
      return `have ${side} ${value} ${value === 1 ? 'entry' : 'entries'}`;
    case 'string':
      return `have ${side} ${value} ${value === 1 ? 'character' : 'characters'}`;
    default:
      return `be ${side} ${value}`;
  }
}
