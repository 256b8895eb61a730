import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { backgroundDependenciesOf, type Dependencies } from '../lib/app/dependencies.ts';
import { retryBudgetOf, thisProcess } from '../lib/app/process.ts';
import { type RetryBudget, untilDeadline } from '../lib/app/retry.ts';
import { eachChange } from '../lib/stream/change-stream.ts';
import { thisPublisher } from '../lib/stream/publisher.ts';
import { type Publish, relay } from '../lib/stream/relay.ts';

const thisRelay = () => ({ dependencies: thisProcess().dependencies, publish: thisPublisher() });

/**
 * Processes the table's stream: publishes an event for every record of an image, copies records to recipients, and removes closed
 * principals from the images that are shared with them. If a change fails or takes too long, Lambda runs the batch again from
 * that change on. All work is idempotent, except that an event can be published again.
 *
 * Rules: audit.record, account.close.
 */
export const relayChanges =
  (
    runtime: () => { readonly dependencies: Dependencies; readonly publish: Publish } = thisRelay,
    budgetOf: (lambda: Pick<Context, 'getRemainingTimeInMillis'>) => RetryBudget = retryBudgetOf,
  ) =>
  async (
    event: DynamoDBStreamEvent,
    lambda: Pick<Context, 'getRemainingTimeInMillis' | 'awsRequestId'>,
  ): Promise<DynamoDBBatchResponse> => {
    const { dependencies, publish } = runtime();
    const budget = budgetOf(lambda);
    const deps = { ...backgroundDependenciesOf(dependencies, lambda.awsRequestId, budget), publish };
    const inTime = untilDeadline(budget);
    return eachChange(event, (change) => inTime(() => relay(change, deps)));
  };

export const handler = relayChanges();
