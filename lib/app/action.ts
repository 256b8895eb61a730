import * as z from 'zod';
import type { Scope } from '../auth/caller.ts';
import type { ErrorCode } from '../model/error.ts';
import type { Context } from './context.ts';

type Parts = z.ZodObject;
const nothing = z.strictObject({});
type None = typeof nothing;

/** What a part gives to the request; a part without fields gives nothing. */
type Fields<Part extends Parts> = keyof Part['shape'] extends never ? unknown : z.output<Part>;

/**
 * The fields of path and query. One that both have, such as a recipient and a list of recipients, is what either of them
 * takes: a call states it in one place only.
 */
type Either<Path, Query> = Omit<Path, keyof Query> &
  Omit<Query, keyof Path> & { readonly [Name in keyof Path & keyof Query]?: Path[Name] | Query[Name] };

/** One call of the API: where it is found, who may make it, what it takes and answers, and what it does. */
export interface Action<
  Path extends Parts = Parts,
  Query extends Parts = Parts,
  Body extends Parts = Parts,
  Output extends z.ZodType = z.ZodType,
> {
  /** As it stands in records, logs and documents. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /**
   * Method and path below /v1; more than one where the same action is reached in several ways, none where the clouds' own
   * protocols alone reach it.
   */
  readonly routes: readonly string[];
  /** The scopes of which a caller needs one; none for what is open to everybody. */
  readonly callers: readonly Scope[];
  /** The codes with which it refuses, beside those of `commonCodes`. */
  readonly refuses: readonly ErrorCode[];
  /** Whether it changes something: then it takes `?dryRun=true` and `Idempotency-Key`. */
  readonly changes: boolean;
  /** Whether its answer has a `revision`, which then also stands in the header as `ETag`. */
  readonly tellsRevision: boolean;
  /** Whether it can be bound to revisions that the caller has seen, by `If-Match`. */
  readonly takesIfMatch: boolean;
  /** Parameters of the path. */
  readonly path: Path;
  /** Parameters of the query; those whose schema is a list may be repeated. */
  readonly query: Query;
  /** Fields of the JSON body; absent where the call takes none. */
  readonly body: Body | undefined;
  /** The JSON answer; absent where there is none. */
  readonly response: Output | undefined;
  /** HTTP status of a success. */
  readonly status: 200 | 201 | 204;
  run(request: Either<Fields<Path>, Fields<Query>> & Fields<Body>, context: Context): Promise<z.input<Output>>;
}

interface Definition<Path extends Parts, Query extends Parts, Body extends Parts, Output extends z.ZodType>
  extends Pick<Action<Path, Query, Body, Output>, 'name' | 'summary' | 'routes' | 'callers' | 'run'> {
  readonly refuses?: readonly ErrorCode[];
  readonly changes?: true;
  readonly tellsRevision?: true;
  readonly takesIfMatch?: true;
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly response?: Output;
  readonly status?: 200 | 201 | 204;
}

/** Defines an action. The type of its request and of its answer follow from the schemas. */
export function action<
  Path extends Parts = None,
  Query extends Parts = None,
  Body extends Parts = None,
  Output extends z.ZodType = z.ZodType<null | undefined>,
>(definition: Definition<Path, Query, Body, Output>): Action<Path, Query, Body, Output> {
  return {
    refuses: [],
    changes: false,
    tellsRevision: false,
    takesIfMatch: false,
    status: 200,
    body: undefined,
    response: undefined,
    ...definition,
    path: definition.path ?? (nothing as unknown as Path),
    query: definition.query ?? (nothing as unknown as Query),
  };
}

/** The codes with which every call like the action's can be refused, whatever it does. */
export function commonCodes({
  callers,
  path,
  changes,
  takesIfMatch,
}: Pick<Action, 'callers' | 'path' | 'changes' | 'takesIfMatch'>): ErrorCode[] {
  const isRestricted = callers.length > 0;
  return [
    'InvalidRequest',
    ...(isRestricted ? (['Unauthenticated', 'Forbidden'] as const) : []),
    ...(Object.hasOwn(path.shape, 'region') ? (['RegionNotFound'] as const) : []),
    ...(callers.includes('tenant') ? (['AccountNotFound', 'AccountClosed', 'ProjectNotFound'] as const) : []),
    ...(changes ? (['IdempotencyKeyReused'] as const) : []),
    ...(takesIfMatch ? (['PreconditionFailed'] as const) : []),
    'Internal',
    'Unavailable',
  ];
}
