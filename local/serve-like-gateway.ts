/**
 * Lets servers of this process do as a gateway on AWS does, where Node and serverless-offline do otherwise:
 * - Idle connections are kept for more than Node's five seconds: an SDK that uses one again just then would meet a closed one.
 * - `/console/` is another path than `/console`: serverless-offline drops slashes at the end of paths, so the folder's page is
 *   asked for by its name.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { keptIdleMs } from './ports.ts';

const { createServer } = http;

http.createServer = ((...made: Parameters<typeof createServer>) => {
  const server = createServer(...made);
  server.keepAliveTimeout = keptIdleMs;
  // Has to be longer, or it ends idle connections before.
  server.headersTimeout = keptIdleMs + 5_000;
  server.prependListener('request', (request) => {
    request.url = request.url?.replace(/^\/console\/(?=$|[?#])/, '/console/index.html');
  });
  return server;
}) as typeof createServer;
syncBuiltinESMExports();
