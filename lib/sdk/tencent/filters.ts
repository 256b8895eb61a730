/** Filters of lists. An entry must match every filter, by at least one of the filter's values. */
import * as z from 'zod';
import type { ImageView } from '../../model/views/image.ts';
import { ProviderError } from '../wire.ts';
import { NfcText } from '../wire-fields.ts';
import { truncate } from './error-codes.ts';
import { tagsIn } from './image-tags.ts';

/** Both parts can contain names and tags of images, which are stored in NFC. */
export const Filters = z.array(z.strictObject({ Name: NfcText, Values: z.array(NfcText) })).default([]);

/** What a filter accepts as a value. */
interface ValueForm {
  readonly test: (value: string) => boolean;
  /** Completes "the filter ...". */
  readonly reason: string;
  /** Absent: the code of the product. */
  readonly code?: string | undefined;
}

interface Filter<Entry> {
  readonly matches: (entry: Entry, value: string) => boolean;
  /** Absent: any value. */
  readonly form?: ValueForm | undefined;
  /** If the filter finds parts of names: the name. Entries whose name is exactly a value come first. */
  readonly nameOf?: (entry: Entry) => string;
}

/** The filters of an action, their limits, and the error codes for invalid filters. */
export interface FilterRules<Entry> {
  readonly byName: Readonly<Record<string, Filter<Entry>>>;
  /** Filters by the start of their name; the functions take the rest of the name. */
  readonly byPrefix?: Readonly<Record<string, (rest: string) => Filter<Entry>>>;
  readonly filtersMax: number;
  readonly valuesMax: number;
  readonly unknownNameCode: string;
  readonly valueCode: string;
  readonly tooManyCode: string;
}

/** Sources: the documentation of DescribeImages and DescribeInstances, and CVM's error codes. */
export const cvmFilterLimits = {
  filtersMax: 10,
  valuesMax: 5,
  unknownNameCode: 'InvalidFilter',
  valueCode: 'InvalidFilter',
  tooManyCode: 'InvalidFilterValue.LimitExceeded',
};

/** Sources: the documentation of Lighthouse's lists and its error codes. */
export const lighthouseFilterLimits = {
  filtersMax: 10,
  valuesMax: 5,
  unknownNameCode: 'InvalidParameter.InvalidFilterNotSupportedName',
  valueCode: 'InvalidParameter.InvalidFilter',
  tooManyCode: 'InvalidParameter.FilterValueLimitExceeded',
};

/**
 * Checks filters before anything is read, so that the same call gets the same kind of response for every account. Returns what
 * selects the matching entries, in their order, except that exact names come before names that contain a value. Throws
 * ProviderError for an unknown filter, for an invalid value or none, and for too many filters or values.
 */
export function selectBy<Entry>(
  filters: z.output<typeof Filters>,
  rules: FilterRules<Entry>,
): (entries: readonly Entry[]) => readonly Entry[] {
  const { filtersMax, valuesMax, tooManyCode } = rules;
  if (filters.length > filtersMax || filters.some(({ Values }) => Values.length > valuesMax)) {
    throw new ProviderError({
      code: tooManyCode,
      message: `Specify at most ${filtersMax} filters with at most ${valuesMax} values each.`,
    });
  }
  const criteria = filters.map(({ Name: name, Values: values }) => {
    const filter = filterNamed(name, rules);
    requireValues(name, values, filter, rules);
    return { ...filter, values };
  });
  const isExact = (entry: Entry): boolean =>
    criteria.every(({ nameOf, values }) => nameOf === undefined || values.includes(nameOf(entry)));
  return (entries) => {
    const matching = entries.filter((entry) =>
      criteria.every(({ matches, values }) => values.some((value) => matches(entry, value))),
    );
    return [...matching.filter(isExact), ...matching.filter((entry) => !isExact(entry))];
  };
}

function filterNamed<Entry>(name: string, { byName, byPrefix = {}, unknownNameCode }: FilterRules<Entry>): Filter<Entry> {
  const [prefix, create] = Object.entries(byPrefix).find(([start]) => name.startsWith(start) && name !== start) ?? [];
  const filter = Object.hasOwn(byName, name) ? byName[name] : create?.(name.slice(prefix?.length));
  if (filter === undefined) {
    throw new ProviderError({ code: unknownNameCode, message: `The filter ${truncate(name)} does not exist.` });
  }
  return filter;
}

function requireValues<Entry>(
  name: string,
  values: readonly string[],
  { form }: Filter<Entry>,
  { valueCode }: FilterRules<Entry>,
): void {
  const text = `The filter ${truncate(name)}`;
  if (values.length === 0) {
    throw new ProviderError({ code: valueCode, message: `${text} has no values.` });
  }
  const wrong = form && values.find((value) => !form.test(value));
  if (form !== undefined && wrong !== undefined) {
    throw new ProviderError({
      code: form.code ?? valueCode,
      message: `${text} must be ${form.reason}, but is ${truncate(JSON.stringify(wrong))}.`,
    });
  }
}

/** Finds entries with exactly this text. */
export const byText = <Entry>(textOf: (entry: Entry) => string | undefined, form?: ValueForm): Filter<Entry> => ({
  matches: (entry, value) => textOf(entry) === value,
  form,
});

/** Finds entries that contain the value, in any case. */
export const byPart = <Entry>(textOf: (entry: Entry) => string): Filter<Entry> => ({
  matches: (entry, value) => textOf(entry).toLowerCase().includes(value.toLowerCase()),
  form: { test: (value) => value !== '', reason: 'a text that is not empty' },
});

/** Finds entries whose name contains the value, in any case. Exact names come first. */
export const byName = <Entry>(nameOf: (entry: Entry) => string): Filter<Entry> => ({ ...byPart(nameOf), nameOf });

/** Finds entries with one of the documented values. Values that no entry has here find nothing. */
export const byOneOf = <Entry>(
  values: readonly string[],
  property: (entry: Entry) => string | undefined,
  code?: string,
): Filter<Entry> => byText(property, { test: (value) => values.includes(value), reason: `one of ${values.join(', ')}`, code });

/** For a documented filter by a property that no entry has here. */
export const byNothing = <Entry>(form?: ValueForm): Filter<Entry> => ({ matches: () => false, form });

/** The form of an ID such as `ins-09dx96dg`. */
export const idForm = (prefix: string, code?: string): ValueForm => ({
  test: (value) => value.startsWith(prefix) && /^[a-z0-9]{8}$/.test(value.slice(prefix.length)),
  reason: `${prefix} followed by 8 characters of a-z and 0-9`,
  code,
});

/** Filters by the tags of an image. */
export const tagFilters = {
  byName: {
    'tag-key': { matches: (image: ImageView, key: string) => Object.hasOwn(tagsIn(image), key) },
    'tag-value': { matches: (image: ImageView, value: string) => Object.values(tagsIn(image)).includes(value) },
  },
  byPrefix: {
    'tag:': (key: string) => byText((image: ImageView) => (Object.hasOwn(tagsIn(image), key) ? image.tags[key] : undefined)),
  },
};
