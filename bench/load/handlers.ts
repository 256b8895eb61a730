import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { handleRequest } from '../../local/http-api.ts';
import { routesOf } from '../../local/routes.ts';
import { type Bundles, definition } from './bundles.ts';
import type { ApiRequest } from './operations.ts';
import type { Tokens } from './tokens.ts';

type Handler = (event: APIGatewayProxyEventV2, context: object) => Promise<APIGatewayProxyStructuredResultV2>;

const routes = routesOf(definition);
const timeoutMs = 29_000;

/** The functions that the operations call. */
export const bundledFunctions = [
  ...['import-image', 'share-image', 'list-image-shares', 'get-image', 'check-image-access'],
  ...['list-images', 'cancel-image-shares', 'delete-image'],
];

/** Returns the event that API Gateway would send to a function, and the function's name. */
export async function eventOf(
  request: ApiRequest,
  token: string,
): Promise<{ functionName: string; event: APIGatewayProxyEventV2 }> {
  let invoked: { functionName: string; event: APIGatewayProxyEventV2 } | undefined;
  await handleRequest(
    {
      method: request.method,
      target: `/v1${request.path}`,
      headers: { host: 'localhost', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: Buffer.from(request.body === undefined ? '' : JSON.stringify(request.body)),
      httpVersion: '1.1',
      sourceIp: '192.0.2.1',
    },
    routes,
    async (functionName, event) => {
      invoked = { functionName, event };
      return {};
    },
  );
  if (invoked === undefined) {
    throw new Error(`${request.method} ${request.path} reaches no function`);
  }
  return invoked;
}

/** Calls the bundled functions in this process. */
export class Handlers {
  readonly #bundles: Bundles;
  readonly #tokens: Tokens;

  constructor(bundles: Bundles, tokens: Tokens) {
    this.#bundles = bundles;
    this.#tokens = tokens;
  }

  /** Returns the invocation of a function for this request, which returns the status of its response. */
  async invocation(request: ApiRequest): Promise<() => Promise<number | undefined>> {
    const { functionName, event } = await eventOf(request, await this.#tokens.of(request));
    const { handler } = (await import(this.#bundles.fileOf(functionName))) as { handler: Handler };
    return async () => {
      const deadline = Date.now() + timeoutMs;
      const context = { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() };
      return (await handler({ ...event, headers: { ...event.headers } }, context)).statusCode;
    };
  }
}
