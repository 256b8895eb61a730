import type * as z from 'zod';
import type { LoggedCall } from '../app/call-log.ts';
import { asActionError } from '../http/problem.ts';
import { textOf } from '../model/error.ts';
import { type Dialect, type Fields, type IssueError, ProviderError, type WireError, type WireErrors } from './wire.ts';

/** A failure as the cloud reports it and as the log describes it. */
interface WireFailure {
  readonly error: WireError;
  readonly message: string;
  readonly logged: Pick<LoggedCall, 'code' | 'rule' | 'cause'>;
}

/** Maps a failure to the cloud's error and a message. */
export function wireFailure(failure: unknown, errors: WireErrors): WireFailure {
  if (failure instanceof ProviderError) {
    const { code, message = code } = failure.error;
    return { error: failure.error, message, logged: { code } };
  }
  const { code, details, cause } = asActionError(failure);
  const isOurs = code === 'Internal' || code === 'Unavailable';
  const error = (details.rule !== undefined && errors.rules[details.rule]) || errors.codes[code];
  const logged = { code, rule: details.rule, ...(isOurs && { cause: cause ?? failure }) };
  return { error, message: error.message ?? textOf(details), logged };
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
