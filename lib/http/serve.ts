import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import type { Action } from '../app/action.ts';
import { contextOf } from '../app/context.ts';
import type { Dependencies } from '../app/dependencies.ts';
import { logger, retryBudgetOf, thisProcess } from '../app/process.ts';
import type { VerifyToken } from '../auth/access-token.ts';
import type { Caller } from '../auth/caller.ts';
import { authenticate } from './authenticate.ts';
import { type ParsedRequest, parseRequest } from './parse.ts';
import { asActionError, problemResponse } from './problem.ts';
import { problemTypes } from './problem-types.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/** The Lambda context, with what the layers below add to it. */
type CallContext = LambdaContext & { caller: Caller; parsed: ParsedRequest };
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
export const respond = (name: string, handle: (event: Event, lambda: LambdaContext) => Promise<Result>) =>
  middy<Event, Result, Error, CallContext>().use(responding({ name })).handler(handle);

/** Adds the request ID to every response, and turns errors into problem documents. Logs server errors. */
function responding(action: Pick<Action, 'name'>): Layer {
  return {
    after: ({ response, context }) => {
      if (response) {
        response.headers = { ...response.headers, 'x-request-id': requestIdOf(context) };
      }
    },
    onError: (request) => {
      const error = asActionError(request.error);
      const requestId = requestIdOf(request.context);
      if (problemTypes[error.code].status >= 500) {
        logger.error(`${action.name} failed`, { requestId, code: error.code, cause: error.cause as Error });
      }
      request.response = problemResponse(error, requestId);
    },
  };
}

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
