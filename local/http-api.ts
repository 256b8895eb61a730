/**
 * A local replacement for an HTTP API of Amazon API Gateway, payload format 2.0. Routes requests as defined in
 * serverless.yml, invokes functions with the same events, and sends their responses byte for byte.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { asActionError, invalidRequest, problemResponse } from '../lib/http/problem.ts';
import { idleTimeoutMs } from './ports.ts';
import type { Route, Routes } from './routes.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** Runs the function with this name in serverless.yml. */
export type Invoke = (functionName: string, event: Event) => Promise<Result>;

/** A request that was read from a connection. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** By lower-case name. The values of a repeated header are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if it exceeds API Gateway's limit. */
  readonly body: Buffer | undefined;
  readonly httpVersion: string;
  readonly sourceIp: string;
}

/** Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyBytesMax = 10 * 1_024 * 1_024;

/** Creates a server, not yet listening, that handles each request with `invoke`. */
export function httpApi(routes: Routes, invoke: Invoke): Server {
  const pending = new WeakMap<Duplex, Set<ServerResponse>>();
  const server = createServer(
    { keepAliveTimeout: idleTimeoutMs, headersTimeout: idleTimeoutMs + 5_000, requireHostHeader: false },
    (request, response) => {
      const { socket } = request;
      const responses = pending.get(socket) ?? new Set();
      pending.set(socket, responses.add(response));
      response.once('close', () => responses.delete(response));
      void respond(request, response, routes, invoke);
    },
  );
  // Node.js would write the interim response between the head and the body if the response to an earlier request comes first.
  server.on('checkContinue', (request, response) => {
    if (response.socket === null) {
      response.once('socket', () => response.headersSent || response.writeContinue());
    } else {
      response.writeContinue();
    }
    server.emit('request', request, response);
  });
  server.on('checkExpectation', (_, response) => send(response, errorResult('expect', 'must be 100-continue', 417)));
  server.on('connect', (_, socket) => socket.end(rawResponse(errorResult('method', 'CONNECT is not supported'))));
  const malformed = new WeakSet<Duplex>();
  // Node.js has no response object for a request that it can't parse. Responses to earlier requests go first.
  server.on('clientError', async (error: NodeJS.ErrnoException, socket) => {
    // Everything that follows on the connection causes the same error again.
    if (malformed.has(socket)) {
      return;
    }
    malformed.add(socket);
    const earlier = [...(pending.get(socket) ?? [])].filter((response) => response.req.complete);
    await Promise.all(earlier.map((response) => new Promise((closed) => response.once('close', closed))));
    if (socket.writable) {
      const result =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? errorResult('request', 'has a request line and headers that are too large', 431)
          : errorResult('request', 'is malformed HTTP');
      socket.end(rawResponse(result));
    }
  });
  return server;
}

async function respond(request: IncomingMessage, response: ServerResponse, routes: Routes, invoke: Invoke): Promise<void> {
  let gatewayRequest: GatewayRequest;
  try {
    gatewayRequest = await readRequest(request);
  } catch {
    // Either the client has disconnected, or its body is malformed, which the clientError listener handles.
    return;
  }
  const { host } = gatewayRequest.headers;
  const result =
    gatewayRequest.httpVersion === '1.1' && (host === undefined || host.includes(','))
      ? errorResult('host', 'must be sent once')
      : await handleRequest(gatewayRequest, routes, invoke);
  try {
    send(response, result);
  } catch (failure) {
    send(response, problemResponse(asActionError(failure), randomUUID()));
  }
}

/** Formats a response as text, for a connection that is closed after it. */
function rawResponse({ statusCode = 200, headers, body = '' }: Result): string {
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  return `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** Routes a request and returns the function's response, or an error response of the gateway itself. */
export async function handleRequest(request: GatewayRequest, routes: Routes, invoke: Invoke): Promise<Result> {
  const [path = '', query = ''] = splitAt(request.target, '?');
  const rawPath = decodePath(path);
  if (rawPath === undefined) {
    return errorResult('path', 'is not percent-encoded UTF-8');
  }
  const { body } = request;
  if (body === undefined) {
    return errorResult('body', `is larger than ${bodyBytesMax} bytes`, 413);
  }
  const match = routes.match(request.method, path);
  try {
    return await invoke(match.route.functionName, createEvent({ request, rawPath, query, body, match }));
  } catch (failure) {
    return problemResponse(asActionError(failure), randomUUID());
  }
}

async function readRequest(request: IncomingMessage): Promise<GatewayRequest> {
  return {
    method: request.method ?? '',
    // A client that uses a proxy sends the full URL: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    target: (request.url ?? '').replace(/^https?:\/\/[^/?]*\/?/i, '/'),
    headers: Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')])),
    body: await readBody(request),
    httpVersion: request.httpVersion,
    sourceIp: request.socket.remoteAddress ?? '',
  };
}

/** An error response of the gateway itself, in the format of the API's errors. */
function errorResult(path: string, reason: string, status = 400): Result {
  const { headers, body = '' } = problemResponse(invalidRequest([{ path, reason }]), randomUUID());
  return { statusCode: status, headers: headers ?? {}, body: JSON.stringify({ ...JSON.parse(body), status }) };
}

function splitAt(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + separator.length)];
}

/** Returns undefined if the text isn't percent-encoded UTF-8. */
function decodePath(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Reads the whole body. If it is too large, discards it and returns undefined. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) {
      chunks.push(chunk);
    }
  }
  return bytes > bodyBytesMax ? undefined : Buffer.concat(chunks);
}

interface RoutedRequest {
  readonly request: GatewayRequest;
  /** Decoded, as in API Gateway's events. */
  readonly rawPath: string;
  readonly query: string;
  readonly body: Buffer;
  readonly match: { readonly route: Route; readonly parameters: Readonly<Record<string, string>> };
}

/** Media types whose bodies API Gateway passes on as text. It encodes all others in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

function createEvent({ request, rawPath, query, body, match: { route, parameters } }: RoutedRequest): Event {
  const { method, headers, httpVersion, sourceIp } = request;
  // Bytes that aren't UTF-8 must reach the function unchanged, so that it can reject them.
  const isText = textTypes.test(headers['content-type'] ?? '') && isUtf8(body);
  const cookies = headers['cookie']?.split(/; */);
  const parametersByName = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  const queryStringParameters = Object.fromEntries(
    [...parametersByName].map(([name, values]) => [name, values.map(([, value]) => value).join(',')]),
  );
  const now = new Date();
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath,
    rawQueryString: query,
    ...(cookies !== undefined && { cookies }),
    headers: { ...headers },
    ...(query !== '' && { queryStringParameters }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'] ?? '',
      domainPrefix: 'local',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${httpVersion}`,
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(Object.keys(parameters).length > 0 && { pathParameters: { ...parameters } }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function send(response: ServerResponse, { statusCode = 200, headers = {}, cookies, body = '', isBase64Encoded }: Result): void {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const hasBody = statusCode !== 204 && statusCode !== 304;
  response.writeHead(statusCode, {
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    ...(cookies !== undefined && { 'set-cookie': cookies }),
    ...(hasBody && { 'content-length': bytes.length }),
  });
  response.end(hasBody ? bytes : undefined);
}
