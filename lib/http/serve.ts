import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import type { Action } from '../app/action.ts';
import { type LoggedCall, logCall } from '../app/call-log.ts';
import { contextOf } from '../app/context.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { retryBudgetOf, thisProcess } from '../app/process.ts';
import type { VerifyToken } from '../auth/access-token.ts';
import type { Caller } from '../auth/caller.ts';
import { authenticate } from './authenticate.ts';
import { type ParsedRequest, parseRequest } from './parse.ts';
import { asActionError, problemResponse } from './problem.ts';
import { problemTypes } from './problem-types.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** What a handler or layer knows about a call, for the log. */
type Logged = Partial<Pick<LoggedCall, 'action' | 'caller' | 'code' | 'rule' | 'cause'>>;
/** The Lambda context, with what the layers below add to it. */
export type CallContext = LambdaContext & {
  caller: Caller;
  parsed: ParsedRequest;
  startedMs: number;
  logged?: Logged;
  retries?: number;
};
type Layer = MiddlewareObj<Event, Result, Error, CallContext>;

/**
 * Creates the Lambda handler of an action: authenticates the caller, parses the request, runs the action, and writes the
 * response.
 */
export const serve = (action: Action, getProcess: () => { dependencies: Dependencies; verifyToken: VerifyToken } = thisProcess) =>
  middy<Event, Result, Error, CallContext>()
    .use(responding(action))
    .use(authenticating(action, () => getProcess().verifyToken))
    .use(parsing(action))
    .handler((event, context) => run(action, event, context, getProcess().dependencies));

/** The ID of a request in responses and logs. */
export const requestIdOf = (lambda: LambdaContext): string => lambda.awsRequestId;

/** Creates the Lambda handler of a route that is not an action, such as the docs pages and unknown routes. */
export const respond = (name: string, handle: (event: Event, lambda: CallContext) => Promise<Result>) =>
  middy<Event, Result, Error, CallContext>().use(responding({ name })).handler(handle);

/** Adds the request ID to every response, turns errors into problem documents, and logs the call. */
function responding(action: Pick<Action, 'name'>): Layer {
  return {
    before: ({ context }) => {
      context.startedMs = performance.now();
    },
    after: ({ response, context }) => {
      if (response) {
        response.headers = { ...response.headers, 'x-request-id': requestIdOf(context) };
        log(action, context, response.statusCode as number);
      }
    },
    onError: (request) => {
      const { context } = request;
      const error = asActionError(request.error);
      const { status } = problemTypes[error.code];
      request.response = problemResponse(error, requestIdOf(context));
      log(action, context, status, {
        code: error.code,
        rule: error.details.rule,
        cause: status >= 500 ? error.cause : undefined,
      });
    },
  };
}

const log = ({ name }: Pick<Action, 'name'>, context: CallContext, status: number, error: Logged = {}): void =>
  logCall({
    action: name,
    caller: context.caller,
    ...context.logged,
    ...error,
    requestId: requestIdOf(context),
    status,
    ms: performance.now() - context.startedMs,
    retries: context.retries,
  });

/** See authenticate.ts. */
function authenticating(action: Action, verifyToken: () => VerifyToken): Layer {
  return {
    before: async (request) => {
      request.context.caller = await authenticate(action, request.event, verifyToken);
    },
  };
}

/** See parse.ts. */
function parsing(action: Action): Layer {
  return {
    before: (request) => {
      request.context.parsed = parseRequest(action, request.event);
    },
  };
}

/** Runs the action and creates the response. */
async function run(action: Action, event: Event, lambda: CallContext, dependencies: Dependencies): Promise<Result> {
  const { request, project, isDryRun, idempotencyKey, revisionsSeen } = lambda.parsed;
  const context = contextOf(dependencies, {
    action: action.name,
    caller: lambda.caller,
    requestId: requestIdOf(lambda),
    from: event.requestContext.http.sourceIp,
    project,
    isDryRun,
    revisionsSeen,
    idempotency: idempotencyKey === undefined ? undefined : { key: idempotencyKey, request },
    budget: retryBudgetOf(lambda),
  });
  const response = await action.run(request as never, context);
  const common = { 'cache-control': 'no-store', ...(context.isReplayed() && { 'idempotency-replayed': 'true' }) };
  const headers = { 'content-type': 'application/json', ...common };
  if (isDryRun) {
    const body = { dryRun: true, allowed: true, ...(action.previews && (response as object)) };
    return { statusCode: 200, headers, body: JSON.stringify(body) };
  }
  if (action.status === 204) {
    return { statusCode: 204, headers: common };
  }
  const etag = action.returnsRevision && { etag: `"${(response as { revision: number }).revision}"` };
  return { statusCode: action.status, headers: { ...headers, ...etag }, body: JSON.stringify(response) };
}
