/**
 * Lets the server of this process tell `/console/` from `/console`, as a gateway on AWS does: serverless-offline drops
 * slashes at the end of paths, so the folder's page is asked for by its name.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const { createServer } = http;

http.createServer = ((...made: Parameters<typeof createServer>) => {
  const server = createServer(...made);
  server.prependListener('request', (request) => {
    request.url = request.url?.replace(/^\/console\/(?=$|[?#])/, '/console/index.html');
  });
  return server;
}) as typeof createServer;
syncBuiltinESMExports();
