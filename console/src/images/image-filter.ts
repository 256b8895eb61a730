import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import type { Image } from '../api/client.ts';
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
