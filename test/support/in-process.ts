/**
 * The service in this process, on a memory store and with a standing clock: its functions behind the stand-in for the
 * gateway, as serverless.yml says, without HTTP. For tests of what the service answers, not of what carries it.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { VerifyToken } from '../../lib/auth/access-token.ts';
import { type Caller, scopes } from '../../lib/auth/caller.ts';
import { serve } from '../../lib/http/serve.ts';
import { ActionError } from '../../lib/model/error.ts';
import { policies } from '../../lib/policies/policies.ts';
import type { Cloud } from '../../lib/sdk/cloud.ts';
import { clouds } from '../../lib/sdk/clouds.ts';
import { serveSdk } from '../../lib/sdk/dispatch.ts';
import { answerTo } from '../../local/http-api.ts';
import { routesOf, type Service } from '../../local/routes.ts';
import { actionsIn } from '../../scripts/actions.ts';
import { makeKnown } from './accounts.ts';
import { noon, principal } from './builders.ts';
import { type Carrier, clientsOf, scopeNames } from './client.ts';
import { InMemoryService } from './in-memory-service.ts';
import { MemoryStore } from './memory-store/memory-store.ts';

type Handler = ReturnType<typeof serve>;

const configuration = parse(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8')) as Service & {
  readonly functions: Readonly<Record<string, { readonly handler: string }>>;
};
const routes = routesOf(configuration);

/** The host that requests are sent to, which some signatures cover. */
export const host = 'localhost';

interface Started {
  readonly dependencies: InMemoryService;
  readonly verifyToken: VerifyToken;
  readonly protocols: ReadonlySet<string>;
}

/** Carries requests to the functions, which run on this service. */
export function inProcess(
  service: InMemoryService,
  protocols: ReadonlySet<string> = new Set(Object.keys(policies)),
  known: readonly Cloud[] = clouds,
): Carrier {
  const callers = new Map<string, Caller>();
  const verifyToken = async (token: string): Promise<Caller> => {
    const caller = callers.get(token);
    if (caller === undefined) {
      throw new ActionError('Unauthenticated', { detail: 'The access token is malformed.' });
    }
    return caller;
  };
  const started = () => ({ dependencies: service, verifyToken, protocols });

  const handlers = new Map<string, Promise<Handler>>();
  const handlerOf = (functionName: string): Promise<Handler> => {
    const found = handlers.get(functionName) ?? loaded(functionName, started, known);
    handlers.set(functionName, found);
    return found;
  };

  return {
    async fetch(path, init) {
      const request = new Request(`http://${host}${path}`, init);
      const { pathname, search } = new URL(request.url);
      const { statusCode, headers, body, isBase64Encoded } = await answerTo(
        {
          method: request.method,
          target: pathname + search,
          headers: { host, ...Object.fromEntries(request.headers) },
          body: Buffer.from(await request.arrayBuffer()),
          httpVersion: '1.1',
          sourceIp: '192.0.2.1',
        },
        routes,
        async (functionName, event) => (await (await handlerOf(functionName))(event, lambdaContext(), {} as never)) ?? {},
      );
      return new Response(body === undefined ? null : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'), {
        status: statusCode ?? 200,
        headers: Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
      });
    },
    async tokenOf({ account, project, scope = scopeNames.tenant }) {
      const granted = scope.split(' ');
      const token = `token-${callers.size}`;
      callers.set(token, {
        subject: account,
        account: principal(account),
        ...(project !== undefined && { project: principal(project) }),
        scopes: new Set(scopes.filter((one) => granted.includes(scopeNames[one]))),
      });
      return token;
    },
    know: (accounts) => makeKnown(service.store, accounts),
  };
}

/** A function's handler on what its process would have started otherwise. */
async function loaded(functionName: string, started: () => Started, known: readonly Cloud[]): Promise<Handler> {
  const [file] = configuration.functions[functionName]?.handler.split('.') ?? [];
  const module = await import(new URL(`../../${file}.ts`, import.meta.url).href);
  const [action] = actionsIn(module);
  if (action !== undefined) {
    return serve(action, started);
  }
  return 'sdkActions' in module ? serveSdk(module.sdkActions, started, known) : module.handler;
}

const lambdaContext = () => ({ awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 30_000 }) as never;

/** Where the clock of the test file's service stands. */
export const clock = { at: noon };
/** The service of this test file, and its clients. */
export const service = new InMemoryService(new MemoryStore(), clock);
const carrier = inProcess(service);
/** Sends a request to that service. */
export const fetchInProcess = carrier.fetch;
export const clients = clientsOf(carrier);
export const { apiOf, withToken, operator, compute, freshMembers, freshMember } = clients;
