import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { Action } from '../app/action.ts';
import { fieldReasons } from '../app/field-reasons.ts';
import type { PrincipalId } from '../model/ids.ts';
import { bodyOf, whyNotWithoutBody } from './body.ts';
import { acceptsProject, ChangeHeaders, CommonQuery, EditHeaders, revisionsIn } from './parameters.ts';
import { type FieldViolation, invalidRequest } from './problem.ts';

/** A request as the action expects it, and the parameters that all changes have. */
export interface ParsedRequest {
  readonly request: Record<string, unknown>;
  readonly project: PrincipalId | undefined;
  readonly isDryRun: boolean;
  readonly idempotencyKey?: string | undefined;
  /** The revisions in `If-Match`; undefined if any is accepted. */
  readonly revisionsSeen?: readonly number[] | undefined;
}

/** Parses a request by the schemas of the action. Throws InvalidRequest with the path of every invalid field. */
export function parseRequest(
  action: Pick<Action, 'path' | 'query' | 'body' | 'changes' | 'callers' | 'acceptsIfMatch'>,
  event: APIGatewayProxyEventV2,
): ParsedRequest {
  const violations: FieldViolation[] = [];
  const parse = (schema: z.ZodType, part: unknown): Record<string, unknown> => parsePart(schema, part, violations);

  const { dryRun, project, ...ownQuery } = parseQuery(action.query, event.rawQueryString);
  const path = event.pathParameters ?? {};
  const isProjectAccepted = acceptsProject(action, path);
  const common = parse(CommonQuery, { ...(action.changes && { dryRun }), ...(isProjectAccepted && { project }) }) as z.output<
    typeof CommonQuery
  >;
  const query = {
    ...ownQuery,
    ...(!action.changes && dryRun !== undefined && { dryRun }),
    ...(!isProjectAccepted && project !== undefined && { project }),
  };
  const idempotencyKey = action.changes ? event.headers['idempotency-key'] : undefined;
  if (idempotencyKey !== undefined) {
    parse(ChangeHeaders, { 'Idempotency-Key': idempotencyKey });
  }
  const ifMatch = action.acceptsIfMatch ? event.headers['if-match'] : undefined;
  if (ifMatch !== undefined) {
    parse(EditHeaders, { 'If-Match': ifMatch });
  }
  const [inPath, inQuery] = [parse(action.path, path), parse(action.query, query)];
  const duplicates = Object.keys(inPath).filter((name) => Object.hasOwn(inQuery, name));
  violations.push(
    ...duplicates.map((name) => ({ path: name, reason: 'is in both the path and the query; specify it only once' })),
  );
  const request = {
    ...inPath,
    ...inQuery,
    ...(action.body !== undefined && parse(action.body, bodyOf(event))),
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

/** Parses the fields of a call from within the process. Throws InvalidRequest, as above. */
export function fieldsOf(
  { path, query, body }: Pick<Action, 'path' | 'query' | 'body'>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const violations: FieldViolation[] = [];
  const request = parsePart(z.strictObject({ ...path.shape, ...query.shape, ...body?.shape }), fields, violations);
  if (violations.length > 0) {
    throw invalidRequest(violations);
  }
  return request;
}

/** Parses one part of a request. If it is invalid, adds the violations and returns no fields. */
function parsePart(schema: z.ZodType, part: unknown, violations: FieldViolation[]): Record<string, unknown> {
  const result = schema.safeParse(part, { error: fieldReasons });
  if (result.success) {
    return result.data as Record<string, unknown>;
  }
  const { issues } = result.error;
  const ofWrongType = new Set(issues.filter(({ code }) => code === 'invalid_type').map(({ path }) => pathText(path)));
  const relevant = issues.filter(({ code, path }) => code === 'invalid_type' || !ofWrongType.has(pathText(path)));
  violations.push(...relevant.flatMap(violationsOf));
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
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('');

/** Parses the query parameters by name: a string, or an array if the schema is an array or the parameter is repeated. */
function parseQuery(schema: z.ZodObject, raw: string): Record<string, unknown> {
  const entriesByName = Map.groupBy(new URLSearchParams(raw), ([name]) => name);
  return Object.fromEntries(
    [...entriesByName].map(([name, entries]) => {
      const values = entries.map(([, value]) => value);
      return [name, values.length > 1 || isArraySchema(schema.shape[name]) ? values : values[0]];
    }),
  );
}

function isArraySchema(schema: unknown): boolean {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodArray;
}
