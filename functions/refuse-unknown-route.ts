import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { problemAnswer, routeNotFound } from '../lib/http/problem.ts';

/** Answers whatever no other route takes, with RouteNotFound. */
export const handler = async (
  _event: APIGatewayProxyEventV2,
  { awsRequestId }: Pick<Context, 'awsRequestId'>,
): Promise<APIGatewayProxyStructuredResultV2> => problemAnswer(routeNotFound(), awsRequestId);
