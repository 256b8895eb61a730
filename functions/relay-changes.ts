import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logger, patienceOf, thisProcess } from '../lib/http/process.ts';
import { sweepingOf } from '../lib/http/world.ts';
import { relay } from '../lib/store/relay.ts';

/**
 * Follows the table's stream: gives recipients their copies of records, and takes a holder that was closed from the
 * images shared with it. Repeating it changes nothing, so a batch that fails is run again from where it failed.
 *
 * Rules: audit.record, account.close.
 */
export async function handler(
  event: DynamoDBStreamEvent,
  lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
): Promise<DynamoDBBatchResponse> {
  const sweeping = sweepingOf(thisProcess().world, lambda.awsRequestId, patienceOf(lambda));
  for (const { dynamodb } of event.Records) {
    if (dynamodb?.NewImage === undefined) {
      continue;
    }
    try {
      await relay(unmarshall(dynamodb.NewImage as Record<string, AttributeValue>), sweeping);
    } catch (cause) {
      logger.error('A change could not be relayed', { cause: cause as Error });
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}
