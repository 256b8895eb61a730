/** What scenarios run on: the actions on a store in this process, or the running service. */
import type * as z from 'zod';
import type { Action } from '../../lib/app/action.ts';
import type { Scope } from '../../lib/auth/caller.ts';
import type { Problem } from '../../lib/http/problem.ts';
import type { Store } from '../../lib/table/store.ts';

export interface CallOptions {
  readonly account: string;
  /** The project that the caller's token is bound to. */
  readonly project?: string | undefined;
  readonly scope: Scope;
  readonly isDryRun?: boolean;
}

/** The outcome of a call: its response, or the problem document of its refusal. */
export type Outcome = { readonly response: unknown } | { readonly problem: z.output<typeof Problem> };

export interface Target {
  /** Makes a call. The fields are unparsed, as on the wire. */
  call(action: Action, fields: Readonly<Record<string, unknown>>, options: CallOptions): Promise<Outcome>;
  setClock(at: Date): void;
  /** Runs the scheduled clean-up. */
  cleanUp(): Promise<void>;
  /** The store behind the target. */
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** The targets, by the names of their test files. */
export const targetNames = ['memory', 'dynamodb', 'http'] as const;
