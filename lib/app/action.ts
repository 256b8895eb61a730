import './interpreted-schemas.ts';
import * as z from 'zod';
import type { Scope } from '../auth/caller.ts';
import type { ErrorCode } from '../model/error.ts';
import type { Context } from './context.ts';

type ObjectSchema = z.ZodObject;
const emptySchema = z.strictObject({});
type EmptySchema = typeof emptySchema;

/** The fields that a part adds to the request, if it has any. */
type Fields<Part extends ObjectSchema> = keyof Part['shape'] extends never ? unknown : z.output<Part>;

/**
 * The fields of path and query. A field that is in both has the type of either, because a request can specify it only once. For
 * example, `recipient` is one ID in the path, and a list in the query.
 */
type PathAndQuery<Path, Query> = Omit<Path, keyof Query> &
  Omit<Query, keyof Path> & { readonly [Name in keyof Path & keyof Query]?: Path[Name] | Query[Name] };

/** One API operation: its routes, its callers, its request and response schemas, and its implementation. */
export interface Action<
  Path extends ObjectSchema = ObjectSchema,
  Query extends ObjectSchema = ObjectSchema,
  Body extends ObjectSchema = ObjectSchema,
  Output extends z.ZodType = z.ZodType,
> {
  /** As it appears in records, logs, and docs. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Method and path below /v1. Several if the action has several routes; none if only the SDK protocols expose it. */
  readonly routes: readonly string[];
  /** The scopes that allow the call, any one of which is enough. Empty if the action is public. */
  readonly callers: readonly Scope[];
  /** The error codes of the action, in addition to `commonCodes`. */
  readonly refuses: readonly ErrorCode[];
  /** Whether the action makes changes. If so, it accepts `?dryRun=true` and `Idempotency-Key`. */
  readonly changes: boolean;
  /** Whether the response has a `revision`, which is then also returned in the `ETag` header. */
  readonly returnsRevision: boolean;
  /** Whether the action accepts `If-Match`, so that it succeeds only at a revision that the caller has seen. */
  readonly acceptsIfMatch: boolean;
  /** Whether a dry run returns the response as well: what the call would do. */
  readonly previews: boolean;
  /** Path parameters. */
  readonly path: Path;
  /** Query parameters. Those with an array schema can be repeated. */
  readonly query: Query;
  /** Fields of the JSON body; undefined if the action accepts none. */
  readonly body: Body | undefined;
  /** The JSON response; undefined if there is none. */
  readonly response: Output | undefined;
  /** HTTP status on success. */
  readonly status: 200 | 201 | 204;
  run(request: PathAndQuery<Fields<Path>, Fields<Query>> & Fields<Body>, context: Context): Promise<z.input<Output>>;
}

interface Definition<Path extends ObjectSchema, Query extends ObjectSchema, Body extends ObjectSchema, Output extends z.ZodType>
  extends Pick<Action<Path, Query, Body, Output>, 'name' | 'summary' | 'routes' | 'callers' | 'run'> {
  readonly refuses?: readonly ErrorCode[];
  readonly changes?: true;
  readonly returnsRevision?: true;
  readonly acceptsIfMatch?: true;
  readonly previews?: true;
  readonly path?: Path;
  readonly query?: Query;
  readonly body?: Body;
  readonly response?: Output;
  readonly status?: 200 | 201 | 204;
}

/** Defines an action. The types of its request and response follow from the schemas. */
export function action<
  Path extends ObjectSchema = EmptySchema,
  Query extends ObjectSchema = EmptySchema,
  Body extends ObjectSchema = EmptySchema,
  Output extends z.ZodType = z.ZodType<null | undefined>,
>(definition: Definition<Path, Query, Body, Output>): Action<Path, Query, Body, Output> {
  return {
    refuses: [],
    changes: false,
    returnsRevision: false,
    acceptsIfMatch: false,
    previews: false,
    status: 200,
    body: undefined,
    response: undefined,
    ...definition,
    path: definition.path ?? (emptySchema as unknown as Path),
    query: definition.query ?? (emptySchema as unknown as Query),
  };
}

/** The error codes that follow from the callers, the path, and the headers of an action, whatever it does. */
export function commonCodes({
  callers,
  path,
  changes,
  acceptsIfMatch,
}: Pick<Action, 'callers' | 'path' | 'changes' | 'acceptsIfMatch'>): ErrorCode[] {
  const isRestricted = callers.length > 0;
  return [
    'InvalidRequest',
    ...(isRestricted ? (['Unauthenticated', 'Forbidden'] as const) : []),
    ...(Object.hasOwn(path.shape, 'region') ? (['RegionNotFound'] as const) : []),
    ...(callers.includes('tenant') ? (['AccountNotFound', 'AccountClosed', 'ProjectNotFound'] as const) : []),
    ...(changes ? (['IdempotencyKeyReused'] as const) : []),
    ...(acceptsIfMatch ? (['PreconditionFailed'] as const) : []),
    'Internal',
    'Unavailable',
  ];
}
