import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context as LambdaContext } from 'aws-lambda';
import type * as z from 'zod';
import type { Caller } from '../auth/caller.ts';
import type { Cloud } from '../clouds/cloud.ts';
import { clouds } from '../clouds/clouds.ts';
import type { Service } from '../clouds/service.ts';
import {
  type Dialect,
  type Distrust,
  type Fields,
  type WireCall,
  type WireError,
  WireRefusal,
  type WireRequest,
} from '../clouds/wire.ts';
import { patiently } from '../flows/change.ts';
import type { Patience } from '../flows/patience.ts';
import { ActionError } from '../model/error.ts';
import { AccessKeyId, HolderId } from '../model/ids.ts';
import { bodyBytesMax } from '../model/maxima.ts';
import type { Invoking } from './invoke.ts';
import { reasonOf } from './parse.ts';
import { asActionError } from './problem.ts';
import { logger, patienceOf, thisProcess } from './process.ts';
import { bodyBytesOf } from './request-body.ts';
import { answer, requestIdOf } from './serve.ts';
import type { World } from './world.ts';

type Event = APIGatewayProxyEventV2;
type Answer = APIGatewayProxyStructuredResultV2;

/** What the calls of one request are made with. */
export interface Served {
  readonly world: World;
  readonly cloud: Cloud;
  /** As the request states it. */
  readonly region: string | undefined;
  readonly invoking: Invoking;
  /** The cloud's words for a region that is missing or not one of its own. */
  readonly errors: Dialect['errors'];
}

/**
 * The Lambda handler for the clouds' own protocols: the cloud is told by the manner of the request, the signature is
 * verified over its very bytes, and the answer is written in the cloud's envelope. A page that is asked for here is the
 * console's.
 */
export const serveRpc = (serviceOf: (served: Served) => Service, started = thisProcess) =>
  answer('Rpc', async (event, lambda) => {
    const whole = wireRequestOf(event);
    // Whose request it is shows at its start: what is too large is read no further.
    const isTooLarge = whole.body.length > bodyBytesMax;
    const request = isTooLarge ? { ...whole, body: whole.body.subarray(0, bodyBytesMax) } : whole;
    const cloud = clouds.find(({ protocol }) => protocol.recognises(request));
    if (cloud !== undefined) {
      const dialect = cloud.protocol.dialectOf(request);
      const { world, protocols } = started();
      const requestId = requestIdOf(lambda);
      try {
        if (isTooLarge) {
          throw new WireRefusal(dialect.errors.wrongParameter('body', `must be at most ${bodyBytesMax} bytes`));
        }
        const call = dialect.read(request);
        if (!protocols.has(cloud.policy.name)) {
          throw new WireRefusal(dialect.errors.distrust['switched-off']);
        }
        const caller = await callerOf(call, dialect, world, patienceOf(lambda));
        const invoking = invokingOf(call, caller, event, lambda);
        const service = serviceOf({ world, cloud, region: call.region, invoking, errors: dialect.errors });
        const fields = await run(call, dialect, service);
        return answered(dialect.success(request, { action: call.action, fields, requestId }));
      } catch (failure) {
        return answered(dialect.failure(request, { ...told(failure, dialect, requestId), requestId }));
      }
    }
    if (request.method === 'GET' && request.path === '/') {
      return { statusCode: 302, headers: { location: '/console/', 'cache-control': 'no-store' } };
    }
    throw new ActionError('RouteNotFound', {
      detail: "This is no request of a cloud's SDK: docs/clouds.md says how each of them is pointed here.",
    });
  });

const wireRequestOf = (event: Event): WireRequest => ({
  method: event.requestContext.http.method,
  path: event.rawPath,
  query: event.rawQueryString,
  headers: event.headers,
  body: bodyBytesOf(event),
});

const answered = ({
  status,
  headers,
  body,
}: {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}): Answer => ({
  statusCode: status,
  headers: { 'cache-control': 'no-store', ...headers },
  body,
});

/** Proves who calls: key, time, signature, and then that the nonce is new. Throws WireRefusal in the cloud's words. */
async function callerOf(
  call: WireCall,
  { errors, clockWindowSeconds = 0 }: Dialect,
  { store, secrets, now: clock }: World,
  patience: Patience,
): Promise<Caller> {
  const refuse = (why: Distrust): never => {
    throw new WireRefusal(errors.distrust[why]);
  };
  const { keyId, signedAt, nonce } = call;
  const id = AccessKeyId.safeParse(keyId);
  const key = id.success ? await patiently(() => store.accessKey(id.data), patience) : undefined;
  if (key === undefined) {
    return refuse('unknown-key');
  }
  if (key.state === 'disabled') {
    return refuse('disabled-key');
  }
  const now = clock();
  const apartSeconds = signedAt === undefined ? 0 : Math.abs(now.getTime() - signedAt.getTime()) / 1_000;
  if (!(apartSeconds <= clockWindowSeconds)) {
    return refuse('stale');
  }
  if (!call.isSignedWith(await secrets.unseal(key.secret, key))) {
    return refuse('wrong-signature');
  }
  if (nonce !== undefined && signedAt !== undefined) {
    const until = Math.ceil(signedAt.getTime() / 1_000) + clockWindowSeconds + 1;
    if (!(await patiently(() => store.useNonce({ keyId: key.keyId, nonce, now, until }), patience))) {
      return refuse('replayed');
    }
  }
  return { subject: key.keyId, account: key.account, scopes: new Set(['tenant']) };
}

function invokingOf({ project }: WireCall, caller: Caller, event: Event, lambda: LambdaContext): Invoking {
  const stated = HolderId.optional().safeParse(project);
  if (!stated.success) {
    throw new ActionError('ProjectNotFound', { detail: `Your account has no open project ${project}.` });
  }
  return {
    caller,
    project: stated.data,
    requestId: requestIdOf(lambda),
    from: event.requestContext.http.sourceIp,
    patience: patienceOf(lambda),
  };
}

/** Runs the action that is named, on parameters that are as it takes them. */
async function run({ action: name, parameters }: WireCall, { actions, errors, firstIndex }: Dialect, service: Service) {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) {
    throw new WireRefusal(errors.noSuchAction(name));
  }
  const read = action.parameters.safeParse(parameters);
  if (!read.success) {
    throw new WireRefusal(wrongParameter(read.error.issues, parameters, { errors, firstIndex }));
  }
  return action.run(read.data as never, service);
}

/** The first thing that is wrong with the parameters, in the cloud's words: clouds name one. */
function wrongParameter(
  issues: readonly z.core.$ZodIssue[],
  parameters: Fields,
  { errors, firstIndex }: Pick<Dialect, 'errors' | 'firstIndex'>,
): WireError {
  const issue = issues[0] as z.core.$ZodIssue;
  const named = (path: readonly PropertyKey[]) =>
    path.map((part) => (typeof part === 'number' ? part + firstIndex : String(part))).join('.');
  if (issue.code === 'unrecognized_keys') {
    return errors.unknownParameter(named([...issue.path, issue.keys[0] ?? '']));
  }
  const name = named(issue.path);
  const isStated =
    issue.path.reduce<unknown>((value, part) => (value as Fields | undefined)?.[part as string], parameters) !== undefined;
  return !isStated ? errors.missingParameter(name) : errors.wrongParameter(name, reasonOf(issue));
}

/** A failure in the cloud's words, and what is said of it. What is ours to mend is logged. */
function told(failure: unknown, { errors }: Dialect, requestId: string): { error: WireError; message: string } {
  if (failure instanceof WireRefusal) {
    return { error: failure.error, message: failure.error.message ?? failure.error.code };
  }
  const { code, details, cause } = asActionError(failure);
  if (code === 'Internal' || code === 'Unavailable') {
    logger.error('Rpc failed', { requestId, code, cause: (cause ?? failure) as Error });
  }
  const error = (details.rule !== undefined && errors.rules[details.rule]) || errors.codes[code];
  return { error, message: error.message ?? details.detail };
}
