/** What the functions are compared with: a function that only reads an item with the official SDK. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({ endpoint: process.env['DYNAMODB_ENDPOINT'] as string, region: process.env['AWS_REGION'] as string }),
);

export async function handler() {
  await client.send(
    new GetCommand({ TableName: process.env['TABLE_NAME'], Key: { PK: 'BASELINE', SK: 'BASELINE' }, ConsistentRead: true }),
  );
  return { statusCode: 200 };
}
