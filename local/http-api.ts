/**
 * Stands in for an HTTP API of Amazon API Gateway (payload format 2.0): routes requests as serverless.yml says, gives a
 * function the event that the gateway would, and sends what the function answers byte for byte.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { asActionError, invalidRequest, problemResponse } from '../lib/http/problem.ts';
import type { Route, Routes } from './routes.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** Runs a function, by its name in serverless.yml. */
export type Invoke = (functionName: string, event: Event) => Promise<Result>;

/** A request as the gateway has read it. */
export interface GatewayRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly target: string;
  /** By name in lower case; values of a header that is sent repeatedly are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where it is larger than the gateway takes. */
  readonly body: Buffer | undefined;
  readonly httpVersion: string;
  readonly sourceIp: string;
}

/** How long a connection is kept on which nothing comes. Node's five seconds are over when an SDK uses it again. */
const idleTimeoutMs = 75_000;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyBytesMax = 10 * 1_024 * 1_024;

/** A server, not yet listening, that answers with what `invoke` makes of each request. */
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
  server.on('checkExpectation', (_, response) => send(response, refusal('expect', 'must be 100-continue', 417)));
  server.on('connect', (_, socket) => socket.end(rawBytesOf(refusal('method', 'CONNECT is not supported'))));
  // What Node itself cannot read has no response to write to. Responses to requests before it on the connection go first.
  server.on('clientError', async (error: NodeJS.ErrnoException, socket) => {
    const before = [...(pending.get(socket) ?? [])].filter((response) => response.req.complete);
    await Promise.all(before.map((response) => new Promise((closed) => response.once('close', closed))));
    if (socket.writable) {
      const result =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? refusal('request', 'has a request line and headers that are too large', 431)
          : refusal('request', 'is malformed HTTP');
      socket.end(rawBytesOf(result));
    }
  });
  return server;
}

async function respond(request: IncomingMessage, response: ServerResponse, routes: Routes, invoke: Invoke): Promise<void> {
  let whole: GatewayRequest;
  try {
    whole = await received(request);
  } catch {
    // The client has gone, or its body is malformed, which clientError answers.
    return;
  }
  const { host } = whole.headers;
  const result =
    whole.httpVersion === '1.1' && (host === undefined || host.includes(','))
      ? refusal('host', 'must be sent once')
      : await answerTo(whole, routes, invoke);
  try {
    send(response, result);
  } catch (failure) {
    send(response, problemResponse(asActionError(failure), randomUUID()));
  }
}

/** A response as bytes, after which the connection closes. */
function rawBytesOf({ statusCode = 200, headers, body = '' }: Result): string {
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  return `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

/** What `invoke` makes of a request, or a refusal of the gateway's own. */
export async function answerTo(request: GatewayRequest, routes: Routes, invoke: Invoke): Promise<Result> {
  const [path = '', query = ''] = splitAt(request.target, '?');
  const rawPath = decoded(path);
  if (rawPath === undefined) {
    return refusal('path', 'is not percent-encoded UTF-8');
  }
  const { body } = request;
  if (body === undefined) {
    return refusal('body', `is larger than ${bodyBytesMax} bytes`, 413);
  }
  const match = routes.match(request.method, path);
  try {
    return await invoke(match.route.functionName, eventOf({ request, rawPath, query, body, match }));
  } catch (failure) {
    return problemResponse(asActionError(failure), randomUUID());
  }
}

async function received(request: IncomingMessage): Promise<GatewayRequest> {
  return {
    method: request.method ?? '',
    // Clients behind a proxy send the whole URL: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
    target: (request.url ?? '').replace(/^https?:\/\/[^/?]*\/?/i, '/'),
    headers: Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')])),
    body: await bodyOf(request),
    httpVersion: request.httpVersion,
    sourceIp: request.socket.remoteAddress ?? '',
  };
}

/** An answer of the gateway's own, in the form of the API's. */
function refusal(path: string, reason: string, status = 400): Result {
  const { headers, body = '' } = problemResponse(invalidRequest([{ path, reason }]), randomUUID());
  return { statusCode: status, headers: headers ?? {}, body: JSON.stringify({ ...JSON.parse(body), status }) };
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

/** Undefined where the text is not percent-encoded UTF-8. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The whole body; undefined where it is too large, and then the rest of it is read and dropped. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
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

interface Call {
  readonly request: GatewayRequest;
  /** Decoded, as the gateway gives it. */
  readonly rawPath: string;
  readonly query: string;
  readonly body: Buffer;
  readonly match: { readonly route: Route; readonly parameters: Readonly<Record<string, string>> };
}

/** Types whose bodies the gateway hands on as text; all others come in base64. */
const textTypes = /^(text\/|application\/(json|javascript|xml)\b)/i;

function eventOf({ request, rawPath, query, body, match: { route, parameters } }: Call): Event {
  const { method, headers, httpVersion, sourceIp } = request;
  // Bytes that are no text stay what they are, so that the function can refuse them.
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
