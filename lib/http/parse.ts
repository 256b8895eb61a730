import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { Flag } from '../model/fields.ts';
import { HolderId } from '../model/ids.ts';
import { bodyBytesMax, idempotencyKeyLengthMax } from '../model/maxima.ts';
import type { Action } from './action.ts';
import { invalidRequest } from './problem.ts';

/** A request as an action takes it, with what every change takes besides. */
export interface Parsed {
  readonly request: Record<string, unknown>;
  readonly project: HolderId | undefined;
  readonly isDryRun: boolean;
  readonly idempotencyKey?: string | undefined;
  /** The revisions that `If-Match` names; absent where any will do. */
  readonly revisionsSeen?: readonly number[] | undefined;
}

interface Offence {
  readonly path: string;
  readonly reason: string;
}

/** Reads the parts of an event as the action's schemas say. Refuses with InvalidRequest, naming every offending path. */
export function parsed(
  action: Pick<Action, 'path' | 'query' | 'body' | 'changes' | 'callers' | 'takesIfMatch'>,
  event: APIGatewayProxyEventV2,
): Parsed {
  const offences: Offence[] = [];
  const take = (schema: z.ZodType, part: unknown): Record<string, unknown> => {
    const result = schema.safeParse(part);
    if (result.success) {
      return result.data as Record<string, unknown>;
    }
    offences.push(...result.error.issues.flatMap(offencesOf));
    return {};
  };

  const { dryRun, project, ...stated } = queryOf(action.query, event.rawQueryString);
  const takesProject = action.callers.includes('tenant');
  const common = take(QueryOfEveryCall, { ...(action.changes && { dryRun }), ...(takesProject && { project }) }) as z.output<
    typeof QueryOfEveryCall
  >;
  const query = {
    ...stated,
    ...(!action.changes && dryRun !== undefined && { dryRun }),
    ...(!takesProject && project !== undefined && { project }),
  };
  const idempotencyKey = action.changes ? event.headers['idempotency-key'] : undefined;
  if (idempotencyKey !== undefined) {
    take(HeaderOfChanges, { 'Idempotency-Key': idempotencyKey });
  }
  const ifMatch = action.takesIfMatch ? event.headers['if-match'] : undefined;
  if (ifMatch !== undefined) {
    take(HeaderOfEdits, { 'If-Match': ifMatch });
  }
  const request = {
    ...take(action.path, event.pathParameters ?? {}),
    ...take(action.query, query),
    ...(action.body === undefined ? refuseBody(event, action.changes, offences) : take(action.body, bodyOf(event))),
  };
  if (offences.length > 0) {
    throw invalidRequest(offences);
  }
  return {
    request,
    project: common.project,
    isDryRun: common.dryRun ?? false,
    idempotencyKey,
    revisionsSeen: ifMatch === undefined ? undefined : revisionsIn(ifMatch),
  };
}

/** Parameters of the query that the stack takes for every action of their kind. */
export const QueryOfEveryCall = z.strictObject({
  dryRun: Flag.optional().meta({ description: 'Whether the call would succeed is answered, and nothing is done.' }),
  project: HolderId.optional().meta({
    description:
      "Where images belong to projects: the project to act as. Default: the token's, else the account's default one. Ignored elsewhere.",
  }),
});

/** The header that the stack takes for every change. */
export const HeaderOfChanges = z.strictObject({
  'Idempotency-Key': z
    .string()
    .max(idempotencyKeyLengthMax)
    .regex(/^[\x21-\x7e]+$/, 'must be visible ASCII characters without spaces'),
});

const etagForm = '(?:W/)?"[\\x21\\x23-\\x7e]*"';

/** The header that the stack takes for every edit that can be bound to a revision. */
export const HeaderOfEdits = z.strictObject({
  'If-Match': z
    .string()
    .regex(new RegExp(`^(\\*|${etagForm}(\\s*,\\s*${etagForm})*)$`), 'must be "*" or a list of ETags')
    .meta({ description: 'ETags of the revisions on which the edit is made; with another one it is refused.' }),
});

/**
 * The revisions that `If-Match` names, by strong comparison (RFC 9110): weak ETags match nothing, nor does a number that
 * is written in another way than ours. Absent for `*`.
 */
const revisionsIn = (ifMatch: string): readonly number[] | undefined =>
  ifMatch === '*'
    ? undefined
    : [...ifMatch.matchAll(/(W\/)?"([^"]*)"/g)].flatMap(([, weak, tag = '']) =>
        weak === undefined && /^[1-9]\d*$/.test(tag) ? Number(tag) : [],
      );

function offencesOf(issue: z.core.$ZodIssue): Offence[] {
  const path = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), reason: 'is not known here' }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path, reason: `the key ${message}` }));
  }
  return [{ path: path === '' ? 'body' : path, reason: shortened(issue.message) }];
}

const shortened = (message: string): string => message.replace(/^Invalid input: /, '');

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

function rawBodyOf(event: APIGatewayProxyEventV2): string {
  if (!event.isBase64Encoded) {
    return event.body ?? '';
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(event.body ?? '', 'base64'));
  } catch {
    throw invalidRequest([{ path: 'body', reason: 'is not UTF-8' }]);
  }
}

function bodyOf(event: APIGatewayProxyEventV2): unknown {
  const text = rawBodyOf(event);
  if (Buffer.byteLength(text) > bodyBytesMax) {
    throw invalidRequest([{ path: 'body', reason: `is larger than ${bodyBytesMax} bytes` }]);
  }
  if (text.trim() === '') {
    throw invalidRequest([{ path: 'body', reason: 'is missing; a JSON object is expected' }]);
  }
  const body = parsedJson(text);
  if (namesPrototype(body)) {
    throw invalidRequest([{ path: '__proto__', reason: 'is not known here' }]);
  }
  return body;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidRequest([{ path: 'body', reason: 'is not JSON' }]);
  }
}

/** Whether an object anywhere in the value has a field `__proto__`, which would be lost on the way. */
function namesPrototype(value: unknown): boolean {
  const left = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === 'object' && part !== null) {
      if (Object.hasOwn(part, '__proto__')) {
        return true;
      }
      left.push(...Object.values(part));
    }
  }
  return false;
}

/** A change that takes no body refuses one, so that nobody believes that its fields had an effect. */
function refuseBody(event: APIGatewayProxyEventV2, changes: boolean, offences: Offence[]): Record<string, never> {
  const text = rawBodyOf(event).trim();
  if (changes && text !== '' && text !== '{}') {
    offences.push({ path: 'body', reason: 'is not taken by this call' });
  }
  return {};
}
