import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { Image } from '../api/client.ts';
import type { ImageSearch } from '../api/image-queries.ts';
import { tagTextsOf } from './tags.tsx';
import type { imagesTexts } from './texts.ts';

type Tokens = PropertyFilterProps.Query['tokens'];

export interface ImageRow extends Image {
  readonly tagTexts: readonly string[];
}

export const rowOf = (image: Image): ImageRow => ({ ...image, tagTexts: tagTextsOf(image) });

/** The properties that the service filters by, and how. An image can have several tags, but only one of each other property. */
const operators = { state: '=', tagTexts: '=', name: ':', imageId: '=', os: ':', architecture: '=' } as const;
type Property = keyof typeof operators;

const isProperty = (key: string): key is Property => Object.hasOwn(operators, key);

export function filteringPropertiesOf(texts: (typeof imagesTexts)['en']): PropertyFilterProps.FilteringProperty[] {
  const names: Readonly<Record<Property, readonly [one: string, values: string]>> = {
    state: [texts.state, texts.state],
    tagTexts: [texts.tag, texts.tags],
    name: [texts.name, texts.name],
    imageId: [texts.imageId, texts.imageId],
    os: [texts.os, texts.os],
    architecture: [texts.architecture, texts.architecture],
  };
  return Object.entries(names).map(([key, [propertyLabel, groupValuesLabel]]) => ({
    key,
    propertyLabel,
    groupValuesLabel,
    operators: [operators[key as Property]],
    defaultOperator: operators[key as Property],
  }));
}

/** Suggests values of the loaded images. */
export function filteringOptionsOf(
  rows: readonly ImageRow[],
  stateTexts: Record<Image['state'], string>,
): PropertyFilterProps.FilteringOption[] {
  const optionsOf = (propertyKey: Property, values: readonly string[]) =>
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

/** Tokens as they are in the URL: `name:web`, or `:web` for any property. */
export const textsOfTokens = (tokens: Tokens): string[] =>
  tokens.map(({ propertyKey = '', operator, value }) => `${propertyKey}${operator}${value}`);

/** Ignores what the service doesn't filter by, and all but the last value of a property that an image has only once. */
export function tokensOfTexts(texts: readonly string[]): Tokens {
  const tokens = new Map<string, Tokens[number]>();
  for (const text of texts) {
    const { key = '', value = '' } = /^(?<key>[A-Za-z]*)[:=](?<value>.+)$/su.exec(text)?.groups ?? {};
    const isAny = key === '';
    if (value.trim() !== '' && (isAny || isProperty(key))) {
      const token = isAny ? { operator: ':', value } : { propertyKey: key, operator: operators[key as Property], value };
      const slot = key === 'tagTexts' ? text : key;
      tokens.delete(slot);
      tokens.set(slot, token);
    }
  }
  return [...tokens.values()];
}

/** A tag without a value is shown as its key. */
const tagOf = (text: string): string => (text.includes(':') ? text : `${text}:`);

/** What the service searches for. It responds with an error that names a value that is too long or isn't one. */
export function imageSearchOf(tokens: Tokens): ImageSearch {
  const search: Record<string, unknown> = {};
  const tags: string[] = [];
  for (const { propertyKey = 'search', value } of tokens) {
    if (propertyKey === 'tagTexts') {
      tags.push(tagOf(value));
    } else {
      search[propertyKey] = value.trim();
    }
  }
  return { ...search, ...(tags.length > 0 && { tag: tags }) };
}
