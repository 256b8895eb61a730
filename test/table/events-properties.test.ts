import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { freshTable } from '../support/dynamodb.ts';
import { describeEventNumbers } from '../support/event-numbers.ts';

describeEventNumbers(
  'DynamoDB',
  async () => {
    const { client, table } = await freshTable();
    return new DynamoDBStore(client, table);
  },
  8,
);
