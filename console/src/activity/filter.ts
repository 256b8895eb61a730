import type { DateRangePickerProps } from '@cloudscape-design/components/date-range-picker';
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { QueryParameters } from '../api/client.ts';
import { imageIdForm } from '../api/image-queries.ts';

type ListRecords = QueryParameters<'ListRecords'>;
/** What the service filters by, except for the time. */
export type RecordSearch = Pick<ListRecords, 'region' | 'imageId' | 'action' | 'actor' | 'recipient'>;

/** The parameters of the page's URL. `region` names the region of the console. */
const urlParams = { region: 'in', imageId: 'image', action: 'action', actor: 'actor', recipient: 'recipient' } as const;
const lastParam = 'last';

const units = ['hour', 'day', 'month'] as const;
type Unit = (typeof units)[number];

export interface ActivityFilter {
  readonly search: RecordSearch;
  readonly time: DateRangePickerProps.Value | null;
}

export const noActivityFilter: ActivityFilter = { search: {}, time: null };

/** Reads the filter from the URL and ignores what isn't one. */
export function filterOfUrl(
  address: URLSearchParams,
  known: { readonly regions: readonly string[]; readonly actions: readonly string[] },
): ActivityFilter {
  const text = (name: keyof typeof urlParams) => address.get(urlParams[name])?.trim() || undefined;
  const region = known.regions.find((one) => one === text('region'));
  const actions = address.getAll(urlParams.action).filter((one) => known.actions.includes(one));
  const imageId = text('imageId');
  const actor = text('actor');
  const recipient = text('recipient');
  return {
    search: {
      ...(region !== undefined && { region }),
      ...(imageId !== undefined && { imageId }),
      ...(actions.length > 0 && { action: actions as NonNullable<RecordSearch['action']> }),
      ...(actor !== undefined && { actor }),
      ...(recipient !== undefined && { recipient }),
    },
    time: timeOfUrl(address),
  };
}

function timeOfUrl(address: URLSearchParams): DateRangePickerProps.Value | null {
  const [amount = '', unit = ''] = (address.get(lastParam) ?? '').split('-');
  if (/^[1-9]\d{0,3}$/.test(amount) && units.some((one) => one === unit)) {
    return { type: 'relative', amount: Number(amount), unit: unit as Unit };
  }
  const from = address.get('from') ?? '';
  const to = address.get('to') ?? '';
  return isTime(from) && isTime(to) && Date.parse(from) <= Date.parse(to)
    ? { type: 'absolute', startDate: from, endDate: to }
    : null;
}

const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));

/** The URL's parameters for a filter. Empty ones aren't in the URL. */
export function urlParamsOf({ search, time }: ActivityFilter): Readonly<Record<string, string | readonly string[]>> {
  const isAbsolute = time?.type === 'absolute';
  return {
    ...Object.fromEntries(Object.entries(urlParams).map(([name, param]) => [param, search[name as keyof RecordSearch] ?? ''])),
    [lastParam]: time?.type === 'relative' ? `${time.amount}-${time.unit}` : '',
    from: isAbsolute ? time.startDate : '',
    to: isAbsolute ? time.endDate : '',
  };
}

const millisecondsIn = { hour: 3_600_000, day: 86_400_000 } as const;

/** The times that the service filters by. `now` is the end of a relative range. */
export function timesOf(time: DateRangePickerProps.Value | null, now: Date): Pick<ListRecords, 'from' | 'to'> {
  if (time === null) {
    return {};
  }
  if (time.type === 'absolute') {
    return { from: new Date(time.startDate).toISOString(), to: new Date(time.endDate).toISOString() };
  }
  const from = new Date(now);
  if (time.unit === 'month') {
    from.setMonth(from.getMonth() - time.amount);
  } else {
    from.setTime(from.getTime() - time.amount * millisecondsIn[time.unit === 'hour' ? 'hour' : 'day']);
  }
  return { from: from.toISOString() };
}

/** A text without a property is an image ID or someone who performed an action. */
const propertyOf = (text: string): keyof RecordSearch => (imageIdForm.test(text) ? 'imageId' : 'actor');

/** Each property can have one value, but activities can have several. The last one entered wins. */
export function searchOfTokens(tokens: PropertyFilterProps.Query['tokens']): RecordSearch {
  const search: Record<string, unknown> = {};
  for (const { propertyKey, value } of tokens) {
    const values = [value].flat().map((one) => String(one).trim());
    const [text = ''] = values;
    if (text !== '') {
      search[propertyKey ?? propertyOf(text)] = propertyKey === 'action' ? values : text;
    }
  }
  return search;
}

export const tokensOf = (search: RecordSearch): PropertyFilterProps.Query => ({
  operation: 'and',
  tokens: Object.entries(search).map(([propertyKey, value]) => ({ propertyKey, operator: '=', value })),
});
