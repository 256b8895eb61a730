import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger } from '../app/process.ts';
import { changeIn, type TableChange } from './decode.ts';

/**
 * Takes each write of an item in a batch of the table's stream, one after the other; removals are passed over. Where one
 * fails, it says so, and Lambda runs the batch again from there.
 */
export async function eachChange(
  { Records: entries }: DynamoDBStreamEvent,
  take: (change: TableChange) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const entry of entries) {
    try {
      const change = changeIn(entry);
      if (change !== undefined) {
        await take(change);
      }
    } catch (cause) {
      logger.error('A change could not be relayed', { cause: cause as Error });
      return { batchItemFailures: [{ itemIdentifier: entry.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
