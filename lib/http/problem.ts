import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { ActionError, errorCodes, textOf, type Violation } from '../model/error.ts';
import { PrincipalId } from '../model/ids.ts';
import { ruleSlugs } from '../model/rule-slug.ts';
import { problemTypes } from './problem-types.ts';

const Code = z.enum(errorCodes);
const Rule = z.enum(ruleSlugs);

/** The problem document (RFC 9457) of every error response. */
export const Problem = z
  .strictObject({
    type: z.string().meta({ description: 'Link to the description of the code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: Code,
    rule: Rule.optional().meta({ description: 'The rule that was violated.' }),
    requestId: z.string(),
    cap: z.int().optional(),
    used: z.int().optional(),
    remaining: z.int().optional(),
    recipients: z.array(PrincipalId).optional(),
    offenders: z.array(z.strictObject({ id: z.string(), code: Code, rule: Rule.optional(), reason: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const offendersShownMax = 100;

/** Converts anything thrown to an ActionError. Unknown errors become Internal, and their details stay private. */
export const asActionError = (thrown: unknown): ActionError =>
  thrown instanceof ActionError
    ? thrown
    : new ActionError('Internal', { detail: 'An unexpected error occurred. Contact support with the request ID.' }, thrown);

/** Converts an error to a problem document. */
function problemOf({ code, details }: ActionError, requestId: string): z.input<typeof Problem> {
  const { retryAfterSeconds: _, detail, remedy, recipients, offenders, ...shown } = details;
  return {
    type: `/v1/docs/errors#${code}`,
    ...problemTypes[code],
    detail: textOf({ detail, ...(remedy !== undefined && { remedy }) }),
    ...shown,
    code,
    ...(recipients !== undefined && { recipients: [...recipients] }),
    ...(offenders !== undefined && { offenders: offenders.slice(0, offendersShownMax) }),
    requestId,
  };
}

/** Creates the Lambda response for an error. */
export function problemResponse(error: ActionError, requestId: string): APIGatewayProxyStructuredResultV2 {
  const { status } = problemTypes[error.code];
  const { retryAfterSeconds } = error.details;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(problemOf(error, requestId)),
  };
}

/** An invalid part of a request; `reason` completes "the field ...". */
export interface FieldViolation {
  readonly path: string;
  readonly reason: string;
}

/** Creates the error for a request with these invalid parts. */
export function invalidRequest(violations: readonly FieldViolation[]): ActionError {
  const offenders = violations.map(({ path, reason }): Violation => ({ id: path, code: 'InvalidRequest', reason }));
  const shown = violations.slice(0, 5).map(({ path, reason }) => `${path}: ${reason}`);
  return new ActionError('InvalidRequest', {
    detail: `${shown.join('; ')}${violations.length > shown.length ? `; and ${violations.length - shown.length} more` : ''}.`,
    offenders,
  });
}
