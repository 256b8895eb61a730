import type * as z from 'zod';
import { logger } from '../app/process.ts';
import { asActionError } from '../http/problem.ts';
import { textOf } from '../model/error.ts';
import { type Dialect, type Fields, ProviderError, type WireError, type WireErrors } from './wire.ts';

/** A failure in the cloud's words, and what is said of it. What is ours to mend is logged. */
export function wireFailure(failure: unknown, errors: WireErrors, requestId: string): { error: WireError; message: string } {
  if (failure instanceof ProviderError) {
    return { error: failure.error, message: failure.error.message ?? failure.error.code };
  }
  const { code, details, cause } = asActionError(failure);
  if (code === 'Internal' || code === 'Unavailable') {
    logger.error('Rpc failed', { requestId, code, cause: (cause ?? failure) as Error });
  }
  const error = (details.rule !== undefined && errors.rules[details.rule]) || errors.codes[code];
  return { error, message: error.message ?? textOf(details) };
}

/** The first thing that is wrong with the parameters, in the cloud's words: clouds name one. */
export function wrongParameter(
  issues: readonly z.core.$ZodIssue[],
  parameters: Fields,
  { errors, firstIndex }: Pick<Dialect, 'errors' | 'firstIndex'>,
): ProviderError {
  const issue = issues[0] as z.core.$ZodIssue;
  const named = (path: readonly PropertyKey[]) =>
    path.map((part) => (typeof part === 'number' ? part + firstIndex : String(part))).join('.');
  if (issue.code === 'unrecognized_keys') {
    return new ProviderError(errors.unknownParameter(named([...issue.path, issue.keys[0] ?? ''])));
  }
  const name = named(issue.path);
  const isStated =
    issue.path.reduce<unknown>((value, part) => (value as Fields | undefined)?.[part as string], parameters) !== undefined;
  return new ProviderError(isStated ? errors.wrongParameter(name, issue.message) : errors.missingParameter(name));
}
