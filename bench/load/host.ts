/** A thin host of the bundled functions, for the part `http`: node:http, routes, and events as API Gateway sends them. */
import { randomUUID } from 'node:crypto';
import { httpApi } from '../../local/http-api.ts';
import { loopback } from '../../local/ports.ts';
import { routesOf } from '../../local/routes.ts';
import { bundleIn, definition } from './bundles.ts';
import { muteOutput } from './environment.ts';

type Handler = (event: unknown, context: unknown) => Promise<never>;

const [folder = '', port] = process.argv.slice(2);
const handlers = new Map<string, Promise<{ handler: Handler }>>();
const timeoutMs = 29_000;

const server = httpApi(routesOf(definition), async (functionName, event) => {
  const loaded = handlers.get(functionName) ?? import(bundleIn(folder, functionName));
  handlers.set(functionName, loaded);
  const { handler } = await loaded;
  const deadline = Date.now() + timeoutMs;
  return handler(event, { awsRequestId: randomUUID(), getRemainingTimeInMillis: () => deadline - Date.now() });
});
server.listen(Number(port), loopback, muteOutput);
