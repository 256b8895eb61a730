import type { Context } from 'aws-lambda';
import { backgroundDependenciesOf } from '../lib/app/dependencies.ts';
import { loggable } from '../lib/app/loggable.ts';
import { logger, retryBudgetOf, thisProcess } from '../lib/app/process.ts';
import { runCleanUp } from '../lib/maintenance/clean-up.ts';

/**
 * Runs on a schedule. Removes shares that have expired, whose image was deleted, or whose recipient was closed. Reads only the
 * tasks that are due, and never removes an active share. Can be interrupted, and can run concurrently.
 *
 * Rules: delete.orphans.
 */
export async function handler(
  _event: unknown,
  lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
): Promise<{ done: number; failed: number; isFinished: boolean }> {
  const { done, failed, isFinished } = await runCleanUp(
    backgroundDependenciesOf(thisProcess().dependencies, lambda.awsRequestId, retryBudgetOf(lambda)),
  );
  for (const { task, cause } of failed) {
    logger.error('Clean-up task failed', { task, cause: loggable(cause) });
  }
  logger.info('Cleaned up orphaned shares', { done, failed: failed.length, isFinished });
  return { done, failed: failed.length, isFinished };
}
