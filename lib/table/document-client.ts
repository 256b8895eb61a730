/**
 * The document client of the store. It sends the commands of lib-dynamodb with the SDK's own client, which signs, retries, and
 * translates errors. Different is only what costs most of the time of a request: see docs/decisions/0030-fast-requests.md.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { itemJson } from './attribute-values.ts';
import { hasUnknownOutcome } from './failures.ts';
import { readResponse } from './response-reader.ts';

/** The part of the document client that the store uses. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** What the client uses of its protocol. The SDK's own types are those of several versions at once. */
interface Protocol {
  getRequestType(): new (request: object) => object;
  serializeRequest(operation: Operation, input: object, context: { readonly endpoint: () => Promise<object> }): Promise<object>;
  deserializeResponse(operation: Operation, context: object, response: Response): Promise<object>;
}

interface Operation {
  readonly name: string;
}

interface Response {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: NodeJS.ReadableStream;
}

/** The inputs of transactions of which an attempt got no response. */
const unknownOutcomes = new WeakSet<object>();

/**
 * Whether an attempt to send a transaction got no response. It can then be committed, even if DynamoDB rejects the next attempt
 * because it is too busy. All attempts have the same token, so at most one takes effect.
 */
export const mayHaveCommitted = ({ input }: { readonly input: object }): boolean => unknownOutcomes.has(input);

/** Makes a document client of a client. The client itself can't send its own commands anymore. */
export function documentClientOf(client: DynamoDBClient): DocumentClient {
  const { config, middlewareStack } = client;
  // The middleware of a command is resolved once, not for each request.
  config.cacheMiddleware = true;
  config.protocol = documentProtocol(config.protocol as unknown as Protocol) as unknown as typeof config.protocol;
  // One table has one endpoint.
  const resolveEndpoint = config.endpointProvider;
  let endpoint: ReturnType<typeof resolveEndpoint> | undefined;
  config.endpointProvider = (parameters, context) => {
    endpoint ??= resolveEndpoint(parameters, context);
    return endpoint;
  };
  // Nothing reads what these two prepare for each request.
  middlewareStack.remove('loggerMiddleware');
  middlewareStack.remove('getUserAgentMiddleware');
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (failure) {
        if (hasUnknownOutcome(failure)) {
          unknownOutcomes.add(args.input);
        }
        throw failure;
      }
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  // A command of lib-dynamodb has the client's command with the same input, which DynamoDBDocumentClient would translate.
  const send = ({ clientCommand }: { clientCommand: never }) => client.send(clientCommand);
  return { send: send as unknown as DocumentClient['send'] };
}

/** The client's protocol, except that it writes and reads documents instead of attribute values. It still reads errors. */
function documentProtocol(standard: Protocol): Protocol {
  const HttpRequest = standard.getRequestType();
  const changes: Pick<Protocol, 'serializeRequest' | 'deserializeResponse'> = {
    async serializeRequest({ name }, input, { endpoint }) {
      return new HttpRequest({
        ...(await endpoint()),
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${name}` },
        body: requestJson(name === 'TransactWriteItems' ? { ClientRequestToken: randomUUID(), ...input } : input),
      });
    },
    async deserializeResponse(operation, context, response) {
      const { statusCode, headers, body } = response;
      if (statusCode >= 300) {
        return standard.deserializeResponse(operation, context, response);
      }
      return {
        ...readResponse(await text(body)),
        $metadata: { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] },
      };
    },
  };
  return Object.assign(Object.create(standard), changes);
}

/** The fields of requests that are items. */
const itemFields = new Set(['Item', 'Key', 'ExclusiveStartKey', 'ExpressionAttributeValues']);

/** Writes a part of a request. */
function requestJson(part: unknown, field?: string): string {
  if (typeof part !== 'object' || part === null) {
    return JSON.stringify(part);
  }
  if (Array.isArray(part)) {
    return `[${part.map((each) => (field === 'Keys' ? itemJson(each) : requestJson(each))).join(',')}]`;
  }
  if (field !== undefined && itemFields.has(field)) {
    return itemJson(part);
  }
  const fields = Object.entries(part).filter(([, value]) => value !== undefined);
  // In RequestItems, the names are those of tables.
  const nameOf = (name: string) => (field === 'RequestItems' ? undefined : name);
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${requestJson(value, nameOf(name))}`).join(',')}}`;
}
