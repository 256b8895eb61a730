import type { Image, Product } from './image.ts';

/** Which images of a list count: those in one of these states, and for this product. Absent: all. */
export interface ImagesToCount {
  readonly states?: readonly Image['state'][] | undefined;
  readonly product?: Product | undefined;
}

/** A page of a list whose pages are numbered, and how many entries the list has. */
export interface Numbered<Entry> {
  readonly total: number;
  readonly entries: readonly Entry[];
}

/** Which page to read, by the number of entries before it. */
export interface NumberedPage {
  readonly offset: number;
  readonly limit: number;
}
