/**
 * Lets servers of this process keep idle connections as long as gateways on AWS do, rather than Node's five seconds: an SDK
 * that uses one again just then would meet a closed one.
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
  return server;
}) as typeof createServer;
syncBuiltinESMExports();
