/** The calls that histories are made of, and their answers. */

/** Who makes a call, and on which image. Images are numbered in the order in which they were created. */
type On<Name extends string, Fields = unknown> = { readonly do: Name; readonly by: string; readonly image: number } & Fields;
export type Adding = { readonly to: readonly string[]; readonly ends: Ends; readonly acknowledges: boolean };
type Removing = { readonly remove: readonly string[] };

export interface Accepting {
  readonly do: 'accept';
  readonly by: string;
  readonly from: 'anyone' | 'trusted';
  readonly blocked: readonly string[];
}

export type Call =
  | { readonly do: 'import'; readonly by: string; readonly state: 'pending' | 'available' }
  | On<'share' | 'set', Adding>
  | On<'change', Adding & Removing>
  | On<'stop', Removing>
  | On<'stop-all' | 'leave' | 'delete' | 'copy' | 'save' | 'launch' | 'check' | 'get' | 'shares'>
  | On<'deprecate', { readonly deprecated: boolean }>
  | { readonly do: 'report'; readonly image: number; readonly state: 'available' | 'failed' }
  | { readonly do: 'list'; readonly by: string }
  | { readonly do: 'offboard'; readonly by: string; readonly recipient: string }
  | Accepting
  | { readonly do: 'clean-up' }
  | { readonly do: 'pass'; readonly seconds: number };

/** When shares end: in seconds since the start, or never (null). Undefined: a share that exists keeps its end. */
type Ends = number | null | undefined;

/** The answer to a call: an error code, or what matters of the response. */
export type Answer = string | Readonly<Record<string, unknown>>;
