/**
 * A plugin of serverless-offline, as others are for other sources of events: takes the routes of the HTTP API from it and
 * serves them by http-api.ts. docs/decisions/0013-local-gateway.md says why.
 */
import type { Server } from 'node:http';
import Lambda from 'serverless-offline/lambda';
import { httpApi } from './http-api.ts';
import { routesOf, type Service } from './routes.ts';

interface Serverless {
  readonly service: Service & { readonly getFunction: (name: string) => unknown };
}

/** As the command line states them. */
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
      Object.assign(service.functions['rpc'] ?? {}, { handler: 'local/stand-ins/rpc.handler' });
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
    await new Promise<void>((listening, reject) => {
      server.once('error', reject).listen(Number(httpPort), host, listening);
    });
    // Nothing is left that serverless-offline would serve by a gateway of its own.
    for (const definition of Object.values(service.functions)) {
      Object.assign(definition, { events: definition.events?.filter((event) => event.httpApi === undefined) });
    }
  }
}
