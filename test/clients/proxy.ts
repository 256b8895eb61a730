/**
 * Stands between a client and the service: a proxy for http and https on loopback, with a certificate for the clouds' own host
 * names. Nothing passes it to any other host. It notes every request, byte for byte.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request as requestTo, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** The hosts that it answers for. */
export const hosts = ['*.aliyuncs.com', '*.tencentcloudapi.com', 'api.ucloud.cn'] as const;

const isCloud = (host: string): boolean =>
  hosts.some((pattern) => (pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : host === pattern));

/** A request as it came, and what became of it. */
export interface Exchange {
  readonly at: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** In their order and spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly status: number;
  /** The content type of the response. */
  readonly type: string;
  readonly response: string;
}

export interface RecordingProxy {
  readonly url: string;
  /** Of the requests since this was last asked. */
  readonly take: () => Exchange[];
  /** Hosts that were asked for and are none of the clouds'. */
  readonly refused: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}

export async function startProxy(servicePort: number, certificate: { key: string; cert: string }): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const refused = new Set<string>();

  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const at = new Date().toISOString();
    const absolute = /^http:\/\/([^/:]+)(?::\d+)?(\/.*)$/.exec(request.url ?? '');
    const host = absolute?.[1] ?? (request.headers.host ?? '').replace(/:\d+$/, '');
    const path = absolute?.[2] ?? request.url ?? '/';
    if (!isCloud(host)) {
      refused.add(host);
      response.writeHead(403).end();
      return;
    }
    const body = await bytesOf(request);
    const headers = pairsOf(request.rawHeaders).filter(([name]) => !/^proxy-/i.test(name));
    const onward = requestTo({ host: '127.0.0.1', port: servicePort, method: request.method, path, headers: headers.flat() });
    onward.end(body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    const answered = await bytesOf(answer);
    const status = answer.statusCode ?? 0;
    exchanges.push({
      at,
      method: request.method ?? '',
      host,
      path,
      headers,
      body: body.toString(),
      status,
      type: answer.headers['content-type'] ?? '',
      response: answered.toString(),
    });
    response.writeHead(status, answer.rawHeaders).end(answered);
  };
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    forward(request, response).catch((failure) => response.writeHead(502).end(String(failure)));
  };

  const tls = createTlsServer(certificate, serve);
  const server = createServer(serve);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    const [host = ''] = (request.url ?? '').split(':');
    if (!isCloud(host)) {
      refused.add(host);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    socket.unshift(head);
    tls.emit('connection', socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => exchanges.splice(0),
    refused,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as [string, string]] : []));
