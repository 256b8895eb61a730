import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { useState } from 'react';
import { readLocal, writeLocal } from './local-storage.ts';

type Shown = CollectionPreferencesProps.ContentDisplayColumn;

export interface ColumnChoice {
  readonly contentDisplay: readonly Shown[];
  readonly wrapLines: boolean;
  /** In pixels, by column. */
  readonly widths: Readonly<Record<string, number>>;
}

/** The stored choice, without columns that no longer exist. Columns that it doesn't know come last. */
function storedChoice(key: string, all: readonly string[], shownFirst: readonly string[]): ColumnChoice {
  const { contentDisplay, wrapLines, widths } = (readLocal(key) ?? {}) as Partial<ColumnChoice>;
  const isStored = Array.isArray(contentDisplay);
  const shown = isStored ? (contentDisplay as readonly Shown[]) : shownFirst.map((id) => ({ id, visible: true }));
  const known = shown.filter(({ id }) => all.includes(id));
  const others = all.filter((one) => !known.some(({ id }) => id === one));
  return {
    contentDisplay: [...known, ...others.map((id) => ({ id, visible: false }))],
    wrapLines: wrapLines !== false,
    widths: Object.fromEntries(Object.entries(widths ?? {}).filter(([, width]) => typeof width === 'number')),
  };
}

/** Visibility, order, and widths of the columns of a table, stored in this browser. */
export function useColumnChoice(
  table: string,
  all: readonly string[],
  shownFirst: readonly string[],
): readonly [ColumnChoice, (changed: Partial<ColumnChoice>) => void] {
  const key = `image-sharing-columns-${table}`;
  const [choices, setChoices] = useState<Readonly<Record<string, ColumnChoice>>>({});
  const choice = choices[key] ?? storedChoice(key, all, shownFirst);
  return [
    choice,
    (changed) => {
      const after = { ...choice, ...changed };
      writeLocal(key, after);
      setChoices({ ...choices, [key]: after });
    },
  ];
}
