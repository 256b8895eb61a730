import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import document from '../docs/openapi.json' with { type: 'json' };

const body = JSON.stringify(document);

/** Gives the API's OpenAPI document, which is made from the schemas that the actions parse with. */
export async function handler(
  _event: unknown,
  context: Pick<Context, 'awsRequestId'>,
): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache', 'x-request-id': context.awsRequestId },
    body,
  };
}
