import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import type { Dependencies } from '../app/dependencies.ts';
import { fieldReasons } from '../app/field-reasons.ts';
import { retryBudgetOf, thisProcess } from '../app/process.ts';
import { withRetry } from '../app/retry.ts';
import type { Caller } from '../auth/caller.ts';
import { bodyBytesOf } from '../http/body.ts';
import { requestIdOf, respond } from '../http/serve.ts';
import { ActionError } from '../model/error.ts';
import { PrincipalId } from '../model/ids.ts';
import { bodyBytesMax } from '../model/limits.ts';
import { type SdkActions, type SdkCall, serviceOf } from './action-service.ts';
import { authenticate } from './authenticate.ts';
import type { Cloud } from './cloud.ts';
import { clouds } from './clouds.ts';
import { wireFailure, wrongParameter } from './failure.ts';
import type { Service } from './service.ts';
import { type Dialect, ProviderError, type WireCall, type WireRequest, type WireResponse } from './wire.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/**
 * The Lambda handler for the clouds' own protocols: the cloud is told by the manner of the request, the signature is
 * verified over its very bytes, and the answer is written in the cloud's envelope. A page that is asked for here is the
 * console's.
 */
export const serveSdk = (
  actions: SdkActions,
  started: () => { readonly dependencies: Dependencies; readonly protocols: ReadonlySet<string> } = thisProcess,
  known: readonly Cloud[] = clouds,
) =>
  respond('Rpc', async (event, lambda) => {
    const request = wireRequestOf(event);
    const cloud = known.find(({ protocol }) => protocol.recognizes(request));
    if (cloud === undefined) {
      return responseOfNoCloud(request);
    }
    const dialect = cloud.protocol.dialectOf(request);
    const { errors } = dialect;
    const { dependencies, protocols } = started();
    const requestId = requestIdOf(lambda);
    try {
      if (request.body.length > bodyBytesMax) {
        throw new ProviderError(errors.wrongParameter('body', `must be at most ${bodyBytesMax} bytes`));
      }
      const call = dialect.read(request);
      if (!protocols.has(cloud.policy.name)) {
        throw new ProviderError(errors.authFailures['switched-off']);
      }
      const store = withRetry(dependencies.store, retryBudgetOf(lambda));
      const caller = await authenticate(call, dialect, { store, secrets: dependencies.secrets, now: dependencies.now });
      const service = serviceOf(actions, {
        dependencies,
        cloud,
        region: call.region,
        common: commonOf(call, caller, event, lambda),
        errors,
      });
      const fields = await run(call, dialect, service);
      return responseOf(dialect.success(request, { action: call.action, fields, requestId }));
    } catch (failure) {
      return responseOf(dialect.failure(request, { ...wireFailure(failure, errors, requestId), requestId }));
    }
  });

/** Whose request it is shows at its start: of a body that is too large no more is read than tells that it is. */
const wireRequestOf = (event: Event): WireRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: event.rawQueryString,
  headers: event.headers,
  body: bodyBytesOf(event).subarray(0, bodyBytesMax + 1),
});

function responseOfNoCloud({ method, path }: WireRequest): Result {
  if (method === 'GET' && path === '/') {
    return { statusCode: 302, headers: { location: '/console/', 'cache-control': 'no-store' } };
  }
  throw new ActionError('RouteNotFound', {
    detail: "This is no request of a cloud's SDK: docs/clouds.md says how each of them is pointed here.",
  });
}

function commonOf({ project }: WireCall, caller: Caller, event: Event, lambda: LambdaContext): SdkCall['common'] {
  const stated = PrincipalId.optional().safeParse(project);
  if (!stated.success) {
    throw new ActionError('ProjectNotFound', { detail: `Your account has no open project ${project}.` });
  }
  return {
    caller,
    project: stated.data,
    requestId: requestIdOf(lambda),
    from: event.requestContext.http.sourceIp,
    budget: retryBudgetOf(lambda),
  };
}

/** Runs the action that is named, on parameters that are as it takes them. */
async function run({ action: name, parameters }: WireCall, dialect: Dialect, service: Service) {
  const { actions, errors } = dialect;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new ProviderError(errors.noSuchAction(name));
  }
  const read = action.parameters.safeParse(parameters, { error: fieldReasons });
  if (!read.success) {
    throw wrongParameter(read.error.issues, parameters, dialect);
  }
  return action.run(read.data as never, service);
}

const responseOf = ({ status, headers, body }: WireResponse): Result => ({
  statusCode: status,
  headers: { 'cache-control': 'no-store', ...headers },
  body,
});
