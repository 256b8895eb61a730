import type { Context } from 'aws-lambda';
import { cleanUpDepsOf } from '../lib/app/dependencies.ts';
import { logger, retryBudgetOf, thisProcess } from '../lib/app/process.ts';
import { sweep } from '../lib/maintenance/clean-up.ts';

/**
 * On a schedule: removes shares whose image is gone, whose recipient no longer exists, or whose end time has passed. It
 * reads what fell due and nothing else, may be killed or run twice at any time, and never removes a live share.
 *
 * Rules: delete.orphans.
 */
export async function handler(
  _event: unknown,
  lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
): Promise<{ done: number; failed: number; isFinished: boolean }> {
  const { done, failed, isFinished } = await sweep(
    cleanUpDepsOf(thisProcess().dependencies, lambda.awsRequestId, retryBudgetOf(lambda)),
  );
  for (const { due, cause } of failed) {
    logger.error('Work that was due could not be done', { due, cause: cause as Error });
  }
  logger.info('Cleaned up orphaned shares', { done, failed: failed.length, isFinished });
  return { done, failed: failed.length, isFinished };
}
