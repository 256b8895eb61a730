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
