import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import { logger } from '../app/process.ts';
import type { ItemChange } from './relay.ts';

type StreamImage = NonNullable<StreamRecord['NewImage']>;

const itemFrom = (image: StreamImage) => unmarshall(image as Record<string, AttributeValue>);

/**
 * Takes each write of an item in a batch of the table's stream, one after the other; removals are passed over. Where one
 * fails, it says so, and Lambda runs the batch again from there.
 */
export async function eachChange(
  { Records: entries }: DynamoDBStreamEvent,
  take: (change: ItemChange) => Promise<void>,
): Promise<DynamoDBBatchResponse> {
  for (const { eventName, dynamodb: { NewImage, OldImage, SequenceNumber = '' } = {} } of entries) {
    if (NewImage === undefined) {
      continue;
    }
    try {
      await take({ before: OldImage && itemFrom(OldImage), after: itemFrom(NewImage), isNew: eventName === 'INSERT' });
    } catch (cause) {
      logger.error('A change could not be relayed', { cause: cause as Error });
      return { batchItemFailures: [{ itemIdentifier: SequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
}
