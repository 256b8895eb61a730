/** What a part of `npm run bench` is, and what it returns. Parts are listed in parts.ts. */

/** A measured number, a text, or undefined where there is nothing to measure. */
export type Cell = number | string | undefined;

/** How a table is drawn. Series are titles of columns. The first column names the bars, or the points of a line. */
interface Plot {
  readonly kind: 'bars' | 'lines';
  readonly series: readonly string[];
  readonly unit: string;
  /** Draws a line at this value, such as a goal. */
  readonly mark?: { readonly at: number; readonly title: string };
  readonly scale?: 'linear' | 'logarithmic';
}

export interface Table {
  /** Also the name of the plot's file. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly Cell[])[];
  readonly note?: string;
  readonly plot?: Plot;
}

/** A figure that has a goal. A missed goal is reported, but doesn't fail the run: it can depend on the machine. */
export interface Goal {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface PartResult {
  readonly tables: readonly Table[];
  readonly goals?: readonly Goal[];
  /** What must not happen under load, such as a response with status 500 or an inconsistent table. Any of them fails the run. */
  readonly problems?: readonly string[];
}

export interface PartOptions {
  /** Whether to only show that the part works, in some seconds, with figures that mean little. */
  readonly isQuick: boolean;
  /** Prints what the part is doing. */
  readonly progress: (text: string) => void;
}

export interface Part {
  readonly title: string;
  /** What the part measures, and how, in one or two sentences. */
  readonly about: string;
  run(options: PartOptions): Promise<PartResult>;
}

export const isMet = ({ measured, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Goal): boolean =>
  measured <= atMost && measured >= atLeast;
