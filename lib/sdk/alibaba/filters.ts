/** The filters of lists. Their values are checked by schemas, so before anything is read. */
import * as z from 'zod';
import type { Fields, IssueError } from '../wire.ts';
import { isCalendarDate, Text } from '../wire-fields.ts';
import { withValue } from './error-codes.ts';

const Filter = z.object({ Key: Text, Value: Text });

/** Whether an entry with this creation time passes the filter. */
type CreationPredicate = (createdAt: string) => boolean;

/** A key of a filter. */
interface FilterKind {
  /** Completes "must be ...". */
  readonly expected: string;
  /** Returns undefined for a value that the cloud doesn't document. */
  readonly parse: (value: string) => CreationPredicate | undefined;
}

/** The default of ECS, to the minute: `yyyy-MM-ddTHH:mmZ`. Seconds are accepted too. */
const timeFormat = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/;

/** Parses a time in epoch milliseconds. Returns undefined if it is malformed. */
export function timeIn(text: string): number | undefined {
  const instant = timeFormat.test(text) && isCalendarDate(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

const everything: CreationPredicate = () => true;
const nothing: CreationPredicate = () => false;

const timeKind = (predicate: (bound: number) => CreationPredicate): FilterKind => ({
  expected: 'a time such as 2017-12-05T22:40Z',
  parse: (value) => {
    const bound = timeIn(value);
    return bound === undefined ? undefined : predicate(bound);
  },
});

/** The filter keys of all lists. */
export const creationTime: Readonly<Record<string, FilterKind>> = {
  CreationStartTime: timeKind((bound) => (createdAt) => Date.parse(createdAt) >= bound),
  CreationEndTime: timeKind((bound) => (createdAt) => Date.parse(createdAt) <= bound),
};

/** For instances, which never expire here. */
export const expirationTime: Readonly<Record<string, FilterKind>> = {
  ExpiredStartTime: timeKind(() => nothing),
  ExpiredEndTime: timeKind(() => nothing),
};

/** The values of a property that all entries have in common: those with the value `actual` are found. */
export const commonProperty = (actual: string, other: string): FilterKind => ({
  expected: `${actual} or ${other}`,
  parse: (value) => (value === actual ? everything : value === other ? nothing : undefined),
});

/** `Filter.N.Key` and `Filter.N.Value`, parsed to a predicate on the creation time. An entry must pass all filters. */
export const filterList = (kinds: Readonly<Record<string, FilterKind>>) =>
  z.array(Filter).transform((filters, context): CreationPredicate => {
    const predicates: CreationPredicate[] = [];
    for (const [index, { Key, Value }] of filters.entries()) {
      const kind = Object.hasOwn(kinds, Key) ? kinds[Key] : undefined;
      if (kind === undefined) {
        context.addIssue({ code: 'custom', path: [index, 'Key'], message: 'is not a filter', params: { ...unknownKey } });
        return z.NEVER;
      }
      const predicate = kind.parse(Value);
      if (predicate === undefined) {
        context.addIssue({ code: 'custom', path: [index, 'Value'], message: `must be ${kind.expected}` });
        return z.NEVER;
      }
      predicates.push(predicate);
    }
    return (createdAt) => predicates.every((predicate) => predicate(createdAt));
  });

/** The tables of ECS have the code without a message. */
const unknownKey: IssueError = {
  wireError: (name, value) =>
    withValue({ code: 'InvalidFilterKey.NotFound', status: 404, message: 'The specified filter key is not found.' }, name, value),
};

/** Whether a request doesn't ask for other values of properties that all entries of a list have in common. */
export const asksForProperties = (request: Fields, properties: Fields): boolean =>
  Object.entries(properties).every(([name, value]) => request[name] === undefined || request[name] === value);

/** Schemas of filters by properties that nothing has here: a request with any of them finds nothing. */
export const absentFilters = <const Schemas extends Readonly<Record<string, z.ZodType>>>(schemas: Schemas) => ({
  parameters: z.object(schemas).partial().shape,
  areSet: (request: Fields): boolean => Object.keys(schemas).some((name) => request[name] !== undefined),
});
