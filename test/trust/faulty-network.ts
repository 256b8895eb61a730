/**
 * Faults between the service and DynamoDB. Requests are real: a middleware of the SDK, inside its retries, sends those that must fail
 * to a server that resets the connection, never answers, or answers as DynamoDB does when it is busy or broken.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requestLimits } from '../../lib/app/request-limits.ts';
import { type DocumentClient, documentClientOf } from '../../lib/table/document-client.ts';
import { anyCredentials } from '../../local/embedded-dynamodb.ts';
import { refusingLikeAws } from '../support/refused-by-aws.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What DynamoDB answers. */
const answers = {
  'throughput exceeded': { status: 400, type: 'ProvisionedThroughputExceededException' },
  throttled: { status: 400, type: 'ThrottlingException' },
  'internal error': { status: 500, type: 'InternalServerError' },
  conflict: { status: 400, type: 'TransactionConflictException' },
  'transaction conflict': { status: 400, type: 'TransactionCanceledException', reason: 'TransactionConflict' },
  'transaction throttled': { status: 400, type: 'TransactionCanceledException', reason: 'ThrottlingError' },
  'transaction in progress': { status: 400, type: 'TransactionInProgressException' },
} as const;

/**
 * `reset` and `no answer` before the request arrives, after it took effect, or, `late`, before it takes effect: that is only after the
 * caller was answered.
 */
export type Fault = keyof typeof answers | 'reset' | 'reset after' | 'no answer' | 'no answer after' | 'no answer, late';

/** The fault of a request, given its operation, such as `TransactWriteItems`, and its number, from 0. */
export type Planned = (operation: string, request: number) => Fault | undefined;

const onTransactions: readonly Fault[] = ['transaction conflict', 'transaction throttled', 'transaction in progress'];
const onWrites: readonly Fault[] = ['reset after', 'no answer after', 'no answer, late'];
const onSingleWrites: readonly Fault[] = ['conflict'];

/** Whether a fault can happen to a request. */
export const canHappen = (fault: Fault, operation: string): boolean => {
  const isTransaction = operation === 'TransactWriteItems';
  const isSingle = operation === 'PutItem' || operation === 'UpdateItem';
  return (
    (isTransaction || !onTransactions.includes(fault)) &&
    (isTransaction || isSingle || !onWrites.includes(fault)) &&
    (isSingle || !onSingleWrites.includes(fault))
  );
};

interface HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** A client of DynamoDB, with the limits and retries of the service, whose requests fail as planned. */
export class FaultyNetwork {
  readonly client: DocumentClient;
  /** The operations of all requests since `plan`. */
  operations: string[] = [];
  readonly #server: Server;
  readonly #base: DynamoDBClient;
  #planned: Planned = () => undefined;
  #late: (() => Promise<unknown>)[] = [];
  #time: VirtualTime | undefined;

  private constructor(endpoint: string, server: Server) {
    this.#server = server;
    const base = new DynamoDBClient({
      ...requestLimits,
      endpoint,
      region: anyCredentials.AWS_REGION,
      credentials: { accessKeyId: anyCredentials.AWS_ACCESS_KEY_ID, secretAccessKey: anyCredentials.AWS_SECRET_ACCESS_KEY },
    });
    base.middlewareStack.add((next) => (args) => this.#send(next as Send, args as Args) as never, {
      name: 'faults',
      step: 'finalizeRequest',
      priority: 'low',
    });
    this.#base = base;
    this.client = refusingLikeAws(documentClientOf(base));
  }

  static async start(endpoint: string): Promise<FaultyNetwork> {
    const server = createServer((request, response) => {
      const fault = request.headers['x-fault'] as Fault;
      request.resume().on('end', () => {
        if (fault.startsWith('reset')) {
          request.socket.resetAndDestroy();
        } else if (fault in answers) {
          const { status, body } = answerOf(fault as keyof typeof answers, Number(request.headers['x-steps']));
          response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
        }
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new FaultyNetwork(endpoint, server);
  }

  /** Plans the faults of the next requests, and starts to count. */
  async plan(time: VirtualTime, planned: Planned): Promise<void> {
    this.operations = [];
    // The SDK stops retrying when too many requests of a process have failed.
    Object.assign(await this.#base.config.retryStrategy(), { capacity: 500 });
    this.#time = time;
    this.#planned = planned;
  }

  /** From now on, all requests succeed. */
  heal(): void {
    this.#planned = () => undefined;
  }

  /** Delivers the requests that are late. */
  async deliverLate(): Promise<void> {
    for (const send of this.#late.splice(0)) {
      await send().catch(() => {});
    }
  }

  async stop(): Promise<void> {
    this.#base.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #send(next: Send, args: Args): Promise<unknown> {
    const inTime = <Result>(work: () => Promise<Result>) => this.#time?.standStill(work) ?? work();
    const operation = args.request.headers['x-amz-target']?.split('.').at(-1) ?? '';
    const fault = this.#planned(operation, this.operations.length);
    this.operations.push(operation);
    if (fault === undefined) {
      return inTime(() => next(args));
    }
    if (fault.endsWith(' after')) {
      await inTime(() => next(args)).catch(() => {});
    }
    if (fault.endsWith(', late')) {
      this.#late.push(() => next(args));
    }
    const failing = () => next({ ...args, request: this.#redirected(args.request, fault) }).catch(throwHere);
    return fault.startsWith('no answer') ? failing() : inTime(failing);
  }

  #redirected(request: HttpRequest, fault: Fault): HttpRequest {
    const { port } = this.#server.address() as AddressInfo;
    const steps = (
      JSON.parse(typeof request.body === 'string' ? request.body : new TextDecoder().decode(request.body))['TransactItems'] ?? []
    ).length;
    return Object.assign(Object.create(Object.getPrototypeOf(request)), request, {
      hostname: '127.0.0.1',
      port,
      headers: { ...request.headers, host: `127.0.0.1:${port}`, 'x-fault': fault, 'x-steps': String(steps) },
    });
  }
}

/** Jest gives tests an Error of their own, and the SDK loses the code of errors of Node.js, which are not instances of it. */
function throwHere(failure: Error): never {
  throw failure instanceof Error ? failure : Object.assign(new Error(String(failure)), failure);
}

type Args = { readonly request: HttpRequest };
type Send = (args: Args) => Promise<unknown>;

function answerOf(fault: keyof typeof answers, steps: number): { status: number; body: string } {
  const { status, type, ...more } = answers[fault];
  const CancellationReasons =
    'reason' in more && Array.from({ length: steps }, (_, step) => ({ Code: step === 0 ? more.reason : 'None' }));
  const body = {
    __type: `com.amazonaws.dynamodb.v20120810#${type}`,
    message: fault,
    ...(CancellationReasons && { CancellationReasons }),
  };
  return { status, body: JSON.stringify(body) };
}
