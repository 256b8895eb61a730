import type * as z from 'zod';
import { logger } from '../app/process.ts';
import { asActionError } from '../http/problem.ts';
import { textOf } from '../model/error.ts';
import { type Dialect, type Fields, type IssueError, ProviderError, type WireError, type WireErrors } from './wire.ts';

/** Maps a failure to the cloud's error and a message. Logs failures of the service itself. */
export function wireFailure(failure: unknown, errors: WireErrors, requestId: string): { error: WireError; message: string } {
  if (failure instanceof ProviderError) {
    return { error: failure.error, message: failure.error.message ?? failure.error.code };
  }
  const { code, details, cause } = asActionError(failure);
  if (code === 'Internal' || code === 'Unavailable') {
    logger.error('Sdk failed', { requestId, code, cause: (cause ?? failure) as Error });
  }
  const error = (details.rule !== undefined && errors.rules[details.rule]) || errors.codes[code];
  return { error, message: error.message ?? textOf(details) };
}

/** Returns the cloud's error for the first invalid parameter: clouds report only one. */
export function wrongParameter(
  issues: readonly z.core.$ZodIssue[],
  parameters: Fields,
  { errors, firstIndex }: Pick<Dialect, 'errors' | 'firstIndex'>,
): ProviderError {
  const issue = issues[0] as z.core.$ZodIssue;
  const nameOf = (path: readonly PropertyKey[]) =>
    path.map((part) => (typeof part === 'number' ? part + firstIndex : String(part))).join('.');
  if (issue.code === 'unrecognized_keys') {
    return new ProviderError(errors.unknownParameter(nameOf([...issue.path, issue.keys[0] ?? ''])));
  }
  const name = nameOf(issue.path);
  const value = issue.path.reduce<unknown>((parent, part) => (parent as Fields | undefined)?.[part as string], parameters);
  if (value === undefined) {
    return new ProviderError(errors.missingParameter(name));
  }
  const { wireError }: Partial<IssueError> = (issue.code === 'custom' && issue.params) || {};
  return new ProviderError(wireError?.(name, value) ?? errors.wrongParameter(name, issue.message, value));
}
