import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Dependencies } from '../app/dependencies.ts';
import { fieldReasons } from '../app/field-reasons.ts';
import { retryBudgetOf } from '../app/process.ts';
import { processWithSecrets } from '../app/process-with-secrets.ts';
import { withRetry } from '../app/retry.ts';
import { bodyBytesOf } from '../http/body.ts';
import { requestIdOf, respond } from '../http/serve.ts';
import { ActionError } from '../model/error.ts';
import { PrincipalId } from '../model/ids.ts';
import { bodyBytesMax } from '../model/limits.ts';
import { type SdkActions, type SdkCall, serviceOf } from './action-service.ts';
import { authenticate, callerOf } from './authenticate.ts';
import type { Cloud } from './cloud.ts';
import { clouds } from './clouds.ts';
import { wireFailure, wrongParameter } from './failure.ts';
import { recordKeyUse } from './key-use.ts';
import { respondOnce } from './respond-once.ts';
import type { Service } from './service.ts';
import { type Dialect, ProviderError, type WireCall, type WireRequest, type WireResponse } from './wire.ts';

type Event = APIGatewayProxyEventV2;
type Result = APIGatewayProxyStructuredResultV2;

/**
 * Creates the Lambda handler for the clouds' own protocols. It recognizes the cloud by the format of the request, verifies
 * the signature over the raw bytes, and responds in the cloud's envelope. A browser's GET / is redirected to the console.
 */
export const serveSdk = (
  actions: SdkActions,
  runtime: () => { readonly dependencies: Dependencies; readonly protocols: ReadonlySet<string> } = processWithSecrets,
  knownClouds: readonly Cloud[] = clouds,
) =>
  respond('Sdk', async (event, lambda) => {
    const request = wireRequestOf(event);
    const cloud = knownClouds.find(({ recognizes }) => recognizes(request));
    if (cloud === undefined) {
      return unrecognizedResponse(request);
    }
    const dialect = (await cloud.protocol()).dialectOf(request);
    const { errors } = dialect;
    const { dependencies, protocols } = runtime();
    const requestId = requestIdOf(lambda);
    const responseToFailure = (failure: unknown) => {
      const { logged, ...error } = wireFailure(failure, errors);
      lambda.logged = { ...lambda.logged, ...logged };
      return dialect.failure(request, { ...error, requestId });
    };
    try {
      if (request.body.length > bodyBytesMax) {
        throw new ProviderError(errors.wrongParameter('body', `must be at most ${bodyBytesMax} bytes`));
      }
      const call = dialect.read(request);
      const isKnown = Object.hasOwn(dialect.actions, call.action);
      lambda.logged = { action: `${cloud.policy.name} ${isKnown ? call.action : '(unknown action)'}` };
      if (!protocols.has(cloud.policy.name)) {
        throw new ProviderError(errors.authFailures['protocol-disabled']);
      }
      const budget = retryBudgetOf(lambda);
      const store = withRetry(dependencies.store, budget);
      const key = await authenticate(call, dialect, { store, secrets: dependencies.secrets, now: dependencies.now });
      const caller = callerOf(key);
      const isUseRecorded = recordKeyUse(key, { store, now: dependencies.now });
      lambda.logged = { ...lambda.logged, caller };
      const respondToCall = async () => {
        try {
          const service = serviceOf(actions, {
            dependencies,
            cloud,
            host: request.headers['host'] ?? '',
            region: call.region,
            baseCall: baseCallOf(call, event, { caller, requestId, budget }),
            errors,
          });
          return dialect.success(request, { action: call.action, fields: await run(call, dialect, service), requestId });
        } catch (failure) {
          return responseToFailure(failure);
        }
      };
      const facilities = { store, now: dependencies.now, budget };
      // The use is recorded while the call runs. A Lambda function can stop after its response, so wait for both.
      const response = respondOnce(call, caller, dialect, facilities, respondToCall).finally(() => isUseRecorded);
      return responseOf(await response);
    } catch (failure) {
      return responseOf(responseToFailure(failure));
    }
  });

/** Keeps one byte more than the limit of an oversized body: enough to recognize the cloud and to reject the size. */
const wireRequestOf = (event: Event): WireRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: event.rawQueryString,
  headers: event.headers,
  body: bodyBytesOf(event).subarray(0, bodyBytesMax + 1),
});

function unrecognizedResponse({ method, path }: WireRequest): Result {
  if (method === 'GET' && path === '/') {
    return { statusCode: 302, headers: { location: '/console/', 'cache-control': 'no-store' } };
  }
  throw new ActionError('RouteNotFound', {
    detail: 'The request is not from a supported cloud SDK. To configure an SDK, see docs/clouds.md.',
  });
}

function baseCallOf(
  { project }: WireCall,
  event: Event,
  call: Pick<SdkCall['baseCall'], 'caller' | 'requestId' | 'budget'>,
): SdkCall['baseCall'] {
  const projectId = PrincipalId.optional().safeParse(project);
  if (!projectId.success) {
    throw new ActionError('ProjectNotFound', { detail: `Your account has no open project ${project}.` });
  }
  return { ...call, project: projectId.data, from: event.requestContext.http.sourceIp };
}

/** Validates the parameters and runs the action. Throws ProviderError for an unknown action or a wrong parameter. */
async function run({ action: name, parameters }: WireCall, dialect: Dialect, service: Service) {
  const { actions, errors } = dialect;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new ProviderError(errors.noSuchAction(name));
  }
  const parsed = action.parameters.safeParse(parameters, { error: fieldReasons });
  if (!parsed.success) {
    throw wrongParameter(parsed.error.issues, parameters, dialect);
  }
  return action.run(parsed.data as never, service);
}

const responseOf = ({ status, headers, body }: WireResponse): Result => ({
  statusCode: status,
  headers: { 'cache-control': 'no-store', ...headers },
  body,
});
