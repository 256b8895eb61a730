/** The calls that histories are made of, and their answers. */

/** Who makes a call, and on which image. Images and copy jobs are numbered in the order in which they were created. */
type On<Name extends string, Fields = unknown> = { readonly do: Name; readonly by: string; readonly image: number } & Fields;
export type Adding = { readonly to: readonly string[]; readonly ends: Ends; readonly acknowledges: boolean };
type Removing = { readonly remove: readonly string[] };

/** One of the two regions of a cloud. Images are imported into the first one. */
export type RegionNumber = 0 | 1;

export interface Accepting {
  readonly do: 'accept';
  readonly by: string;
  readonly from: 'anyone' | 'trusted';
  readonly blocked: readonly string[];
}

/** A list is read in pages of this size, until its end. Default: as many as possible. */
type Listing<Name extends string, Fields = unknown> = {
  readonly do: Name;
  readonly by: string;
  readonly limit?: number;
} & Fields;

/** The calls that only read. */
export type Reading =
  | On<'check' | 'get' | 'shares'>
  | Listing<'list', { readonly region: RegionNumber; readonly scope?: 'owned' | 'shared' }>
  | Listing<'all-shares', { readonly recipient?: string }>
  | Listing<'recipients'>
  | Listing<'jobs', { readonly region: RegionNumber }>
  | { readonly do: 'get-job'; readonly by: string; readonly job: number };

/** The calls that change an image or make another one of it. */
export type Changing =
  | On<'share' | 'set', Adding>
  | On<'change', Adding & Removing>
  | On<'stop', Removing>
  | On<'stop-all' | 'leave' | 'delete' | 'save' | 'launch'>
  | On<'copy', { readonly region: RegionNumber }>
  | On<'start-job', Adding & { readonly regions: readonly RegionNumber[] }>
  | On<'deprecate', { readonly deprecated: boolean }>;

export type Call =
  | Reading
  | Changing
  | { readonly do: 'import'; readonly by: string; readonly state: 'pending' | 'available' }
  | { readonly do: 'report'; readonly image: number; readonly state: 'available' | 'failed' }
  | { readonly do: 'offboard'; readonly by: string; readonly recipient: string; readonly regions: readonly RegionNumber[] }
  | Accepting
  | { readonly do: 'clean-up' }
  | { readonly do: 'pass'; readonly seconds: number };

/** When shares end: in seconds since the start, or never (null). Undefined: a share that exists keeps its end. */
type Ends = number | null | undefined;

/** The answer to a call: an error code, or what matters of the response. */
export type Answer = string | Readonly<Record<string, unknown>>;
