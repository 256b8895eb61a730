import type { Caller } from '../auth/caller.ts';
import { loggable } from './loggable.ts';
import { metricFields } from './metrics.ts';
import { logger } from './process.ts';

/** A call, as the log describes it. */
export interface LoggedCall {
  /** The action or, for the clouds' SDKs, the policy of the cloud and the name of its action. */
  readonly action: string;
  /** The same ID as in the response and in the records of a change. */
  readonly requestId: string;
  /** Undefined if the caller could not be authenticated. */
  readonly caller?: Pick<Caller, 'account' | 'project'> | undefined;
  /** HTTP status of the response. */
  readonly status: number;
  readonly ms: number;
  /** How often the call waited for the table. */
  readonly retries?: number | undefined;
  /** The error code, and the rule that refused the call, if any. */
  readonly code?: string | undefined;
  readonly rule?: string | undefined;
  /** Why the service itself failed. */
  readonly cause?: unknown;
}

/**
 * Writes one line about a call, at level ERROR if the service failed, and otherwise at INFO. A line has no request fields, headers,
 * or texts of errors, so it can't contain a secret.
 */
export function logCall({ caller, cause, ms, ...call }: LoggedCall): void {
  const line = {
    ...call,
    account: caller?.account,
    project: caller?.project,
    ms: Math.round(ms),
    ...metricFields({
      ...(call.rule !== undefined && { Refusals: 1 }),
      ...(call.retries !== undefined && { Retries: call.retries }),
    }),
  };
  if (call.status >= 500 || cause !== undefined) {
    logger.error('Call failed', { ...line, cause: loggable(cause) });
  } else {
    logger.info('Call', line);
  }
}
