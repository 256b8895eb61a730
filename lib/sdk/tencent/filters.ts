/** Filters of lists: all of them have to let an entry pass, each by one of its values. */
import * as z from 'zod';
import { ProviderError } from '../wire.ts';
import { Text } from '../wire-fields.ts';

export const Filters = z.array(z.strictObject({ Name: Text, Values: z.array(Text) })).default([]);

/** Whether an entry passes a filter by a value. */
type Passes<Entry> = (entry: Entry, value: string) => boolean;

/** The filters of an action, with the codes of what is wrong with them. */
interface Filtering<Entry> {
  readonly names: Readonly<Record<string, Passes<Entry>>>;
  /** Filters whose names start in that way; they are given the rest of the name first. */
  readonly prefixes?: Readonly<Record<string, (rest: string) => Passes<Entry>>>;
  readonly filtersMax: number;
  readonly valuesMax: number;
  readonly unknownName: string;
  readonly tooMany: string;
}

/** Filtering as CVM does it. Source: the documents of DescribeImages and DescribeInstances, and CVM's error codes. */
export const cvmFiltering = {
  filtersMax: 10,
  valuesMax: 5,
  unknownName: 'InvalidFilter',
  tooMany: 'InvalidFilterValue.LimitExceeded',
};

/** Filtering as Lighthouse does it. Source: the documents of its lists, and Lighthouse's error codes. */
export const lighthouseFiltering = {
  filtersMax: 10,
  valuesMax: 5,
  unknownName: 'InvalidParameter.InvalidFilterNotSupportedName',
  tooMany: 'InvalidParameter.FilterValueLimitExceeded',
};

export function passing<Entry>(
  entries: readonly Entry[],
  filters: z.output<typeof Filters>,
  { names, prefixes = {}, filtersMax, valuesMax, unknownName, tooMany }: Filtering<Entry>,
): readonly Entry[] {
  const passesOf = (name: string): Passes<Entry> => {
    const known = Object.hasOwn(names, name) ? names[name] : undefined;
    const [prefix, made] = Object.entries(prefixes).find(([start]) => name.startsWith(start)) ?? [];
    const passes = known ?? (prefix === undefined ? undefined : made?.(name.slice(prefix.length)));
    if (passes === undefined) {
      throw new ProviderError({ code: unknownName, message: `There is no filter ${name.slice(0, 128)}.` });
    }
    return passes;
  };
  if (filters.length > filtersMax || filters.some(({ Values }) => Values.length > valuesMax)) {
    throw new ProviderError({ code: tooMany, message: `A call takes ${filtersMax} filters with ${valuesMax} values each.` });
  }
  const wanted = filters.map(({ Name, Values }) => ({ passes: passesOf(Name), Values }));
  return entries.filter((entry) => wanted.every(({ passes, Values }) => Values.some((value) => passes(entry, value))));
}

/** Whether a text contains another, in any case. */
export const contains = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

/** A documented filter by something that nothing has here. */
export const passesNothing = (): boolean => false;
