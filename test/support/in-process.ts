/**
 * The service in this process, on a memory store with a fixed clock and without HTTP: its functions behind the gateway
 * emulator, routed by serverless.yml. For tests of what the service returns rather than of the transport.
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
import { handleRequest, type Invoke } from '../../local/http-api.ts';
import { routesOf, type Service } from '../../local/routes.ts';
import { actionsIn } from '../../scripts/actions.ts';
import { createAccounts } from './accounts.ts';
import { noon, principal } from './builders.ts';
import { createClients, scopeNames, type Transport } from './client.ts';
import { InMemoryService } from './in-memory-service.ts';
import { MemoryStore } from './memory-store/memory-store.ts';
import { watchingSecrets } from './secrets.ts';

type Handler = ReturnType<typeof serve>;

const configuration = parse(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8')) as Service & {
  readonly functions: Readonly<Record<string, { readonly handler: string }>>;
};
export const routes = routesOf(configuration);

/** The host that requests are sent to. Some signatures cover it. */
export const host = 'localhost';

interface HandlerDependencies {
  readonly dependencies: InMemoryService;
  readonly verifyToken: VerifyToken;
  readonly protocols: ReadonlySet<string>;
}

const malformed: VerifyToken = async () => {
  throw new ActionError('Unauthenticated', { detail: 'The access token is malformed.' });
};

/** The functions, with the responses that they give to requests. */
interface InProcess extends Transport {
  readonly invoke: Invoke;
}

/** Delivers requests to the functions, which run on this service. Verifies tokens that aren't from `tokenOf` as requested. */
export function inProcess(
  service: InMemoryService,
  protocols: ReadonlySet<string> = new Set(Object.keys(policies)),
  knownClouds?: readonly Cloud[],
  verifyForeignToken: VerifyToken = malformed,
): InProcess {
  const callers = new Map<string, Caller>();
  const verifyToken = async (token: string): Promise<Caller> => callers.get(token) ?? verifyForeignToken(token);
  const handlerDependencies = () => ({ dependencies: service, verifyToken, protocols });

  const handlers = new Map<string, Promise<Handler>>();
  const handlerOf = (functionName: string): Promise<Handler> => {
    const handler = handlers.get(functionName) ?? loadHandler(functionName, handlerDependencies, knownClouds);
    handlers.set(functionName, handler);
    return handler;
  };

  const invoke: Invoke = async (functionName, event) =>
    (await (await handlerOf(functionName))(event, lambdaContext(), {} as never)) ?? {};

  return {
    invoke,
    fetch: watchingSecrets(async (path, init) => {
      const request = new Request(`http://${host}${path}`, init);
      const { pathname, search } = new URL(request.url);
      const { statusCode, headers, body, isBase64Encoded } = await handleRequest(
        {
          method: request.method,
          target: pathname + search,
          headers: { host, ...Object.fromEntries(request.headers) },
          body: Buffer.from(await request.arrayBuffer()),
          httpVersion: '1.1',
          sourceIp: '192.0.2.1',
        },
        routes,
        invoke,
      );
      return new Response(body === undefined ? null : Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'), {
        status: statusCode ?? 200,
        headers: Object.entries(headers ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
      });
    }),
    async tokenOf({ account, project, scope = scopeNames.tenant }) {
      const granted = scope.split(' ');
      const token = `access-token-of-a-test-${callers.size}`;
      callers.set(token, {
        subject: account,
        account: principal(account),
        ...(project !== undefined && { project: principal(project) }),
        scopes: new Set(scopes.filter((scopeKey) => granted.includes(scopeNames[scopeKey]))),
      });
      return token;
    },
    createAccounts: (accounts) => createAccounts(service.store, accounts),
  };
}

/** Creates a function's handler with the test's dependencies instead of the ones from its environment. */
async function loadHandler(
  functionName: string,
  handlerDependencies: () => HandlerDependencies,
  knownClouds?: readonly Cloud[],
): Promise<Handler> {
  const [file] = configuration.functions[functionName]?.handler.split('.') ?? [];
  const module = await import(new URL(`../../${file}.ts`, import.meta.url).href);
  const [action] = actionsIn(module);
  if (action !== undefined) {
    return serve(action, handlerDependencies);
  }
  if (!('sdkActions' in module)) {
    return module.handler;
  }
  const { serveSdk } = await import('../../lib/sdk/dispatch.ts');
  return serveSdk(module.sdkActions, handlerDependencies, knownClouds);
}

const lambdaContext = () => ({ awsRequestId: randomUUID(), getRemainingTimeInMillis: () => 30_000 }) as never;

/** The clock of the service below. */
export const clock = { at: noon };
/** The service of this test file, and its clients. */
export const service = new InMemoryService(new MemoryStore(), clock);
const transport = inProcess(service);
/** Sends a request to that service. */
export const fetchInProcess = transport.fetch;
export const clients = createClients(transport);
export const { apiOf, withToken, operator, compute, freshMembers, freshMember } = clients;
