/**
 * A serverless-offline plugin that serves the routes of the HTTP API with http-api.ts instead of serverless-offline's own
 * gateway. For the reasons, see docs/decisions/0013-local-gateway.md.
 */
import type { Server } from 'node:http';
import Lambda from 'serverless-offline/lambda';
import { httpApi } from './http-api.ts';
import { routesOf, type Service } from './routes.ts';

interface Serverless {
  readonly service: Service & { readonly getFunction: (name: string) => unknown };
}

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
    const routes = routesOf(service);
    const lambda = new Lambda(this.#serverless, { ...this.#options, useInProcess: true });
    const functionNames = Object.keys(service.functions);
    lambda.create(functionNames.map((functionKey) => ({ functionKey, functionDefinition: service.getFunction(functionKey) })));
    const server = httpApi(routes, async (functionName, event) => {
      const instance = lambda.get(functionName);
      instance.setEvent(event);
      return instance.runHandler();
    });
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
}
