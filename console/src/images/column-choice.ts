import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { useState } from 'react';
import { readLocal, writeLocal } from '../components/local-storage.ts';
import { type ColumnId, columnsShownFirst } from './image-columns.tsx';

type Shown = CollectionPreferencesProps.ContentDisplayColumn;

export interface ColumnChoice {
  readonly contentDisplay: readonly Shown[];
  readonly wrapLines: boolean;
}

const key = 'image-sharing-image-columns';

/** Columns that the stored choice doesn't know come last. */
function storedChoice(all: readonly ColumnId[]): ColumnChoice {
  const first = {
    contentDisplay: [
      ...columnsShownFirst.map((id) => ({ id, visible: true })),
      ...all.filter((id) => !columnsShownFirst.includes(id)).map((id) => ({ id, visible: false })),
    ],
    wrapLines: false,
  };
  const { contentDisplay, wrapLines } = (readLocal(key) ?? {}) as Partial<ColumnChoice>;
  if (!Array.isArray(contentDisplay)) {
    return first;
  }
  const known = (contentDisplay as readonly Shown[]).filter(({ id }) => (all as readonly string[]).includes(id));
  const others = first.contentDisplay.filter(({ id }) => !known.some((one) => one.id === id));
  return { contentDisplay: [...known, ...others.map(({ id }) => ({ id, visible: false }))], wrapLines: wrapLines === true };
}

/** Column visibility and order, stored in this browser. */
export function useColumnChoice(all: readonly ColumnId[]): readonly [ColumnChoice, (choice: ColumnChoice) => void] {
  const [choice, setChoice] = useState(() => storedChoice(all));
  return [
    choice,
    (after) => {
      writeLocal(key, after);
      setChoice(after);
    },
  ];
}
