import type { Context } from 'aws-lambda';
import { cleanUpDepsOf } from '../lib/app/dependencies.ts';
import { logger, retryBudgetOf, thisProcess } from '../lib/app/process.ts';
import { runCleanUp } from '../lib/maintenance/clean-up.ts';

/**
 * On a schedule: removes shares whose image is gone, whose recipient no longer exists, or whose end time has passed. It
 * reads only tasks that are due, may be killed or run twice at any time, and never removes a live share.
 *
 * Rules: delete.orphans.
 */
export async function handler(
  _event: unknown,
  lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
): Promise<{ done: number; failed: number; isFinished: boolean }> {
  const { done, failed, isFinished } = await runCleanUp(
    cleanUpDepsOf(thisProcess().dependencies, lambda.awsRequestId, retryBudgetOf(lambda)),
  );
  for (const { task, cause } of failed) {
    logger.error('A clean-up task failed', { task, cause: cause as Error });
  }
  logger.info('Cleaned up orphaned shares', { done, failed: failed.length, isFinished });
  return { done, failed: failed.length, isFinished };
}
