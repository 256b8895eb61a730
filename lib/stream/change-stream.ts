import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { loggable } from '../app/loggable.ts';
import { logger } from '../app/process.ts';
import { changeIn, type TableChange } from './decode.ts';

/**
 * Handles each write in a batch of the table stream, in order; removals are skipped. If one fails, reports it as the first
 * failure, so that Lambda retries the batch from there.
 */
export async function eachChange(
  { Records: entries }: DynamoDBStreamEvent,
  handle: (change: TableChange) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const entry of entries) {
    try {
      const change = changeIn(entry);
      if (change !== undefined) {
        await handle(change);
      }
    } catch (cause) {
      logger.error("Couldn't relay a change", { cause: loggable(cause) });
      return { batchItemFailures: [{ itemIdentifier: entry.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
