/**
 * A serverless-offline plugin that serves the routes of the HTTP API with http-api.ts instead of serverless-offline's own
 * gateway. For the reasons, see docs/decisions/0013-local-gateway.md.
 */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { httpApi, type Invoke } from './http-api.ts';
import { routesOf, type Service } from './routes.ts';

interface Serverless {
  readonly service: Service & {
    readonly functions: Readonly<Record<string, FunctionDefinition>>;
    readonly provider: { readonly timeout: number; readonly environment: Readonly<Record<string, string>> };
  };
}

interface FunctionDefinition {
  /** File without extension, and export. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout?: number;
}

type Handler = (event: unknown, lambda: unknown) => Promise<never>;

/** Command-line options. */
interface Options {
  readonly host: string;
  readonly httpPort: string;
}

export default class OfflineHttpApi {
  readonly hooks = {
    'before:offline:start:init': () => this.#start(),
    'offline:start:end': () => this.#server?.closeAllConnections(),
  };
  readonly #serverless: Serverless;
  readonly #options: Options;
  #server: Server | undefined;

  constructor(serverless: Serverless, options: Options) {
    this.#serverless = serverless;
    this.#options = options;
  }

  async #start(): Promise<void> {
    const { service } = this.#serverless;
    if (process.env['STAND_INS'] === 'packer') {
      Object.assign(service.functions['sdk'] ?? {}, { handler: 'local/stand-ins/sdk.handler' });
    }
    // A folder of this project with unzipped bundles: see test/deploy/run-on-bundles.ts.
    const bundles = process.env['BUNDLES'];
    if (bundles) {
      for (const [name, definition] of Object.entries(service.functions)) {
        Object.assign(definition, { handler: `${bundles}/${name}/functions/${name}.handler` });
      }
    }
    const routes = routesOf(service);
    const server = httpApi(routes, this.#invoke());
    this.#server = server;
    const { host, httpPort } = this.#options;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(Number(httpPort), host, resolve);
    });
    // Otherwise serverless-offline would serve these events with its own gateway.
    for (const definition of Object.values(service.functions)) {
      Object.assign(definition, { events: definition.events?.filter((event) => event.httpApi === undefined) });
    }
  }

  /** Runs functions in this process. serverless-offline would look for the file of a function again at every call. */
  #invoke(): Invoke {
    const { functions, provider } = this.#serverless.service;
    Object.assign(process.env, provider.environment);
    const handlers = new Map<string, Promise<Handler>>();
    return async (functionName, event) => {
      const { handler: name, timeout = provider.timeout } = functions[functionName] as FunctionDefinition;
      const handler = handlers.get(name) ?? load(name);
      handlers.set(name, handler);
      const endsAt = performance.now() + timeout * 1_000;
      return (await handler)(event, {
        functionName,
        awsRequestId: randomUUID(),
        getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAt - performance.now())),
      });
    };
  }
}

async function load(name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const file = `../${name.slice(0, dot)}.${process.env['BUNDLES'] ? 'mjs' : 'ts'}`;
  const module = (await import(new URL(file, import.meta.url).href)) as Record<string, Handler>;
  return module[name.slice(dot + 1)] as Handler;
}
