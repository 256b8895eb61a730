import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { Action } from '../app/action.ts';
import { fieldReasons } from '../app/field-reasons.ts';
import type { PrincipalId } from '../model/ids.ts';
import { bodyOf, whyNotWithoutBody } from './body.ts';
import { HeaderOfChanges, HeaderOfEdits, QueryOfEveryCall, revisionsIn, takesProject } from './parameters.ts';
import { type FieldViolation, invalidRequest } from './problem.ts';

/** A request as an action takes it, with what every change takes besides. */
export interface Parsed {
  readonly request: Record<string, unknown>;
  readonly project: PrincipalId | undefined;
  readonly isDryRun: boolean;
  readonly idempotencyKey?: string | undefined;
  /** The revisions that `If-Match` names; absent where any will do. */
  readonly revisionsSeen?: readonly number[] | undefined;
}

/** Reads the parts of an event as the action's schemas say. Refuses with InvalidRequest, naming every offending path. */
export function parsed(
  action: Pick<Action, 'path' | 'query' | 'body' | 'changes' | 'callers' | 'takesIfMatch'>,
  event: APIGatewayProxyEventV2,
): Parsed {
  const violations: FieldViolation[] = [];
  const take = (schema: z.ZodType, part: unknown): Record<string, unknown> => taken(schema, part, violations);

  const { dryRun, project, ...stated } = queryOf(action.query, event.rawQueryString);
  const path = event.pathParameters ?? {};
  const mayActAs = takesProject(action, path);
  const common = take(QueryOfEveryCall, { ...(action.changes && { dryRun }), ...(mayActAs && { project }) }) as z.output<
    typeof QueryOfEveryCall
  >;
  const query = {
    ...stated,
    ...(!action.changes && dryRun !== undefined && { dryRun }),
    ...(!mayActAs && project !== undefined && { project }),
  };
  const idempotencyKey = action.changes ? event.headers['idempotency-key'] : undefined;
  if (idempotencyKey !== undefined) {
    take(HeaderOfChanges, { 'Idempotency-Key': idempotencyKey });
  }
  const ifMatch = action.takesIfMatch ? event.headers['if-match'] : undefined;
  if (ifMatch !== undefined) {
    take(HeaderOfEdits, { 'If-Match': ifMatch });
  }
  const [inPath, inQuery] = [take(action.path, path), take(action.query, query)];
  const twice = Object.keys(inPath).filter((name) => Object.hasOwn(inQuery, name));
  violations.push(...twice.map((name) => ({ path: name, reason: 'is in the path and in the query; specify it in one of them' })));
  const request = {
    ...inPath,
    ...inQuery,
    ...(action.body !== undefined && take(action.body, bodyOf(event))),
  };
  if (action.changes && action.body === undefined) {
    violations.push(...whyNotWithoutBody(event));
  }
  if (violations.length > 0) {
    throw invalidRequest(violations);
  }
  return {
    request,
    project: common.project,
    isDryRun: common.dryRun ?? false,
    idempotencyKey,
    revisionsSeen: ifMatch === undefined ? undefined : revisionsIn(ifMatch),
  };
}

/** The fields of a call of an action that comes from this process. Refuses with InvalidRequest, as above. */
export function fieldsOf(
  { path, query, body }: Pick<Action, 'path' | 'query' | 'body'>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const violations: FieldViolation[] = [];
  const request = taken(z.strictObject({ ...path.shape, ...query.shape, ...body?.shape }), fields, violations);
  if (violations.length > 0) {
    throw invalidRequest(violations);
  }
  return request;
}

/** What the schema makes of a part of a request, or nothing, with what is wrong in it. */
function taken(schema: z.ZodType, part: unknown, violations: FieldViolation[]): Record<string, unknown> {
  const result = schema.safeParse(part, { error: fieldReasons });
  if (result.success) {
    return result.data as Record<string, unknown>;
  }
  const { issues } = result.error;
  const ofWrongType = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => pathText(path)));
  const telling = issues.filter(({ code, path }) => code === 'invalid_type' || !ofWrongType.has(pathText(path)));
  violations.push(...telling.flatMap(violationsOf));
  return {};
}

function violationsOf(issue: z.core.$ZodIssue): FieldViolation[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), reason: 'is not a recognized parameter' }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path, reason: `the key ${message}` }));
  }
  return [{ path: path === '' ? 'body' : path, reason: issue.message }];
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`)).join('');

/** Query parameters by name: a text, or the list of its values where the schema takes a list or it was given repeatedly. */
function queryOf(schema: z.ZodObject, raw: string): Record<string, unknown> {
  const given = new URLSearchParams(raw);
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name);
      return [name, values.length > 1 || takesList(schema.shape[name]) ? values : values[0]];
    }),
  );
}

function takesList(schema: unknown): boolean {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodArray;
}
