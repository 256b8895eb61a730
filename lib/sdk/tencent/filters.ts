/** Filters of lists. An entry must match every filter, by at least one of the filter's values. */
import * as z from 'zod';
import { ProviderError } from '../wire.ts';
import { Text } from '../wire-fields.ts';

export const Filters = z.array(z.strictObject({ Name: Text, Values: z.array(Text) })).default([]);

/** Whether an entry matches a value of a filter. */
type Matches<Entry> = (entry: Entry, value: string) => boolean;

/** The filters of an action, their limits, and the error codes for invalid filters. */
interface FilterRules<Entry> {
  readonly byName: Readonly<Record<string, Matches<Entry>>>;
  /** Filters by the start of their name; the functions take the rest of the name. */
  readonly byPrefix?: Readonly<Record<string, (rest: string) => Matches<Entry>>>;
  readonly filtersMax: number;
  readonly valuesMax: number;
  readonly unknownNameCode: string;
  readonly tooManyCode: string;
}

/** Sources: the documentation of DescribeImages and DescribeInstances, and CVM's error codes. */
export const cvmFilterLimits = {
  filtersMax: 10,
  valuesMax: 5,
  unknownNameCode: 'InvalidFilter',
  tooManyCode: 'InvalidFilterValue.LimitExceeded',
};

/** Sources: the documentation of Lighthouse's lists and its error codes. */
export const lighthouseFilterLimits = {
  filtersMax: 10,
  valuesMax: 5,
  unknownNameCode: 'InvalidParameter.InvalidFilterNotSupportedName',
  tooManyCode: 'InvalidParameter.FilterValueLimitExceeded',
};

/** Returns the entries that match. Throws ProviderError for an unknown filter or too many filters or values. */
export function applyFilters<Entry>(
  entries: readonly Entry[],
  filters: z.output<typeof Filters>,
  { byName, byPrefix = {}, filtersMax, valuesMax, unknownNameCode, tooManyCode }: FilterRules<Entry>,
): readonly Entry[] {
  const matcherOf = (name: string): Matches<Entry> => {
    const named = Object.hasOwn(byName, name) ? byName[name] : undefined;
    const [prefix, create] = Object.entries(byPrefix).find(([start]) => name.startsWith(start)) ?? [];
    const matches = named ?? (prefix === undefined ? undefined : create?.(name.slice(prefix.length)));
    if (matches === undefined) {
      throw new ProviderError({ code: unknownNameCode, message: `The filter ${name.slice(0, 128)} does not exist.` });
    }
    return matches;
  };
  if (filters.length > filtersMax || filters.some(({ Values }) => Values.length > valuesMax)) {
    throw new ProviderError({
      code: tooManyCode,
      message: `Specify at most ${filtersMax} filters with at most ${valuesMax} values each.`,
    });
  }
  const matchers = filters.map(({ Name, Values }) => ({ matches: matcherOf(Name), Values }));
  return entries.filter((entry) => matchers.every(({ matches, Values }) => Values.some((value) => matches(entry, value))));
}

/** Ignores case. */
export const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** For a documented filter by a property that doesn't exist here. */
export const matchesNothing = (): boolean => false;
