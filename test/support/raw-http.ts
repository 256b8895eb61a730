/** Sends requests as raw bytes and returns responses as they are on the wire: fetch normalizes both. */
import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawResponse {
  readonly status: number;
  /** Names as sent, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

export interface RawRequest {
  readonly method: string;
  /** Path and query, sent unchanged. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** The bytes of a request that closes its connection. */
export function bytesOf({ method, target, headers = {}, body = '' }: RawRequest): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    host: 'image-share.test',
    ...headers,
    ...(bytes.length > 0 && { 'content-length': String(bytes.length) }),
    connection: 'close',
  });
  const head = `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

/** Sends the bytes to the origin's server and returns the response once the connection closes. */
export async function sendRaw(origin: string, bytes: Uint8Array | string): Promise<RawResponse> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.write(bytes);
  await once(socket, 'close');
  const received = Buffer.concat(chunks);
  const end = received.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    }),
    body: received.subarray(end + 4),
  };
}

/** Sends the bytes and closes the connection as soon as they are written, without waiting for a response. */
export async function sendAndDisconnect(origin: string, bytes: string): Promise<void> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname).resume();
  socket.on('error', () => {});
  await new Promise<void>((written) => socket.write(bytes, () => written()));
  socket.destroy();
  await once(socket, 'close');
}
