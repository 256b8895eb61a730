import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { cleanUpDepsOf, type Dependencies } from '../lib/app/dependencies.ts';
import { retryBudgetOf, thisProcess } from '../lib/app/process.ts';
import { eachChange } from '../lib/stream/change-stream.ts';
import { thisPublisher } from '../lib/stream/publisher.ts';
import { type Publish, relay } from '../lib/stream/relay.ts';

const thisRelay = () => ({ dependencies: thisProcess().dependencies, publish: thisPublisher() });

/**
 * Follows the table's stream: publishes an event for every record of an image's change, gives recipients their copies of
 * records, and takes a principal that was closed from the images shared with it. Repeating it changes nothing but that an
 * event may come again, so a batch that fails is run again from where it failed.
 *
 * Rules: audit.record, account.close.
 */
export const relayChanges =
  (started: () => { readonly dependencies: Dependencies; readonly publish: Publish } = thisRelay) =>
  async (
    event: DynamoDBStreamEvent,
    lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
  ): Promise<DynamoDBBatchResponse> => {
    const { dependencies, publish } = started();
    const relaying = { ...cleanUpDepsOf(dependencies, lambda.awsRequestId, retryBudgetOf(lambda)), publish };
    return eachChange(event, (change) => relay(change, relaying));
  };

export const handler = relayChanges();
