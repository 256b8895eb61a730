import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { Image } from '../api/client.ts';
import { type ImageSearch, matchesMin } from '../api/queries.ts';
import { tagTextsOf } from './tags.tsx';
import type { imagesTexts } from './texts.ts';

export interface ImageRow extends Image {
  readonly tagTexts: readonly string[];
}

export const rowOf = (image: Image): ImageRow => ({ ...image, tagTexts: tagTextsOf(image) });

const holds = (value: unknown, text: string): boolean => Array.isArray(value) && value.includes(text);

export const filteringPropertiesOf = (texts: (typeof imagesTexts)['en']): PropertyFilterProps.FilteringProperty[] => [
  { key: 'state', propertyLabel: texts.state, groupValuesLabel: texts.state, operators: ['=', '!='] },
  {
    key: 'tagTexts',
    propertyLabel: texts.tag,
    groupValuesLabel: texts.tags,
    operators: [
      { operator: '=', match: holds },
      { operator: '!=', match: (value: unknown, text: string) => !holds(value, text) },
    ],
  },
  { key: 'name', propertyLabel: texts.name, groupValuesLabel: texts.name, operators: [':', '!:', '=', '!='] },
  { key: 'imageId', propertyLabel: texts.imageId, groupValuesLabel: texts.imageId, operators: ['=', ':'] },
  { key: 'os', propertyLabel: texts.os, groupValuesLabel: texts.os, operators: [':', '=', '!='] },
  { key: 'architecture', propertyLabel: texts.architecture, groupValuesLabel: texts.architecture, operators: ['=', '!='] },
];

/** Suggests values of the loaded images. */
export function filteringOptionsOf(
  rows: readonly ImageRow[],
  stateTexts: Record<Image['state'], string>,
): PropertyFilterProps.FilteringOption[] {
  const optionsOf = (propertyKey: string, values: readonly string[]) =>
    [...new Set(values)].filter((value) => value !== '').map((value) => ({ propertyKey, value }));
  return [
    ...Object.entries(stateTexts).map(([value, label]) => ({ propertyKey: 'state', value, label })),
    ...optionsOf(
      'tagTexts',
      rows.flatMap((row) => row.tagTexts),
    ),
    ...(['name', 'imageId', 'os', 'architecture'] as const).flatMap((key) =>
      optionsOf(
        key,
        rows.map((row) => row[key]),
      ),
    ),
  ];
}

export const noFilter: PropertyFilterProps.Query = { tokens: [], operation: 'and' };

interface ImageQuery {
  /** What the service searches for. */
  readonly search: ImageSearch;
  /** How many images to load. */
  readonly entriesMin: number | undefined;
  /** The service can't apply all of the filter: the rest is applied to the loaded images. */
  readonly isPartial: boolean;
}

/** A filter that the service doesn't apply covers this many images. */
const imagesSearched = 1_000;
/** Limit of the API: `name` of ListImages in docs/openapi.json. */
const nameBytesMax = 128;

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

/** Divides a filter between the service and the console. */
export function imageQueryOf({ tokens, operation }: PropertyFilterProps.Query): ImageQuery {
  const isAll = operation === 'and' || tokens.length === 1;
  let search: ImageSearch = {};
  let isPartial = false;
  for (const { propertyKey, operator, value } of tokens as readonly { propertyKey?: string; operator: string; value: string }[]) {
    const name = value.trim();
    if (!isAll) {
      isPartial = true;
    } else if (
      propertyKey === 'name' &&
      operator === ':' &&
      search.name === undefined &&
      name !== '' &&
      bytesIn(name) <= nameBytesMax
    ) {
      search = { ...search, name };
    } else if (propertyKey === 'state' && operator === '=' && search.state === undefined && isState(value)) {
      search = { ...search, state: value };
    } else if (propertyKey === 'tagTexts' && operator === '=' && tagForm.test(value)) {
      search = { ...search, tag: [...(search.tag ?? []), value.includes(':') ? value : `${value}:`] };
    } else {
      isPartial = true;
    }
  }
  const entriesMin = isPartial ? imagesSearched : tokens.length > 0 ? matchesMin : undefined;
  return { search, entriesMin, isPartial };
}

const tagForm = /^[^:]{1,32}(?::.{0,64})?$/u;
const states: Readonly<Record<Image['state'], true>> = {
  pending: true,
  copying: true,
  available: true,
  failed: true,
  deprecated: true,
};
const isState = (value: string): value is Image['state'] => Object.hasOwn(states, value);
