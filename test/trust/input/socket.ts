/**
 * Sends damaged requests over connections to the local gateway, and looks at all bytes that come back. Each must be answered with
 * something other than an internal error, or not at all, and the connection must be closed.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { httpApi } from '../../../local/http-api.ts';
import { policyFixtures } from '../../support/builders.ts';
import { routes } from '../../support/in-process.ts';
import type { Result } from '../check.ts';
import { startInMemory } from '../permissions/in-memory.ts';
import { type Damaged, damaged } from './bytes.ts';
import { type RandomRequest, randomRequest } from './http-requests.ts';
import { Random } from './random.ts';

/** Connections to the same server. */
const connectionsPerWorld = 500;
/** Only ends a check in which the server hangs. */
const hangMs = 20_000;

/** Makes this many connections, each with up to three requests, which may be damaged. */
export async function checkBytes(connections: number, seed: number): Promise<Result> {
  const random = new Random(seed);
  const violations: string[] = [];
  // Such as about listeners that a connection leaves behind.
  const noteWarning = ({ message }: Error) => violations.push(message);
  process.on('warning', noteWarning);
  for (let made = 0; made < connections; made += connectionsPerWorld) {
    const { world, callers, invoke } = await startInMemory(random.of(policyFixtures));
    const tokens = callers.filter(({ name }) => ['owner', 'operator', 'compute'].includes(name));
    const server = httpApi(routes, invoke);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    for (let count = Math.min(connectionsPerWorld, connections - made); count > 0; count -= 1) {
      const sent = Array.from({ length: 1 + random.below(3) }, () =>
        damaged(partsOf(randomRequest(random, world, random.of(tokens).authorization ?? '')), random),
      );
      violations.push(...(await whatIsWrong(server, sent, random)));
    }
    server.closeAllConnections();
    server.close();
  }
  process.off('warning', noteWarning);
  return { rounds: connections, violations };
}

const partsOf = ({ method, path, headers, body = '' }: RandomRequest) => ({
  line: `${method} ${path} HTTP/1.1`,
  headers: [
    'Host: localhost',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
  ],
  body,
});

async function whatIsWrong(server: Server, sent: readonly Damaged[], random: Random): Promise<string[]> {
  const minimum = minimumFor(sent);
  const received = await exchange(server, Buffer.concat(sent.map(({ bytes }) => bytes)), minimum, random);
  const problem = received === undefined ? 'The connection is not closed' : problemIn(received, minimum);
  const what = sent.map(({ damage, bytes }) => `${damage}: ${JSON.stringify(bytes.subarray(0, 500).toString('latin1'))}`);
  return problem === undefined ? [] : [`${problem}\n${what.join('\n')}`];
}

/**
 * Sends the bytes in one or two pieces, and ends the connection after this many responses. Returns what comes back until it is closed.
 */
async function exchange(server: Server, bytes: Buffer, minimum: number, random: Random): Promise<string | undefined> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  let received = '';
  const endWhenAnswered = (): void => {
    if (responsesIn(received) >= minimum) {
      socket.end();
    }
  };
  socket
    .setEncoding('latin1')
    .on('data', (text: string) => {
      received += text;
      endWhenAnswered();
    })
    .on('error', () => {});
  const closed = once(socket, 'close').then(() => true);
  const half = random.once(2) ? bytes.length : random.below(bytes.length + 1);
  socket.write(bytes.subarray(0, half));
  await new Promise(setImmediate);
  socket.write(bytes.subarray(half), endWhenAnswered);
  let timer: NodeJS.Timeout | undefined;
  const hanging = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, hangMs, false);
  });
  const isClosed = await Promise.race([closed, hanging]);
  clearTimeout(timer);
  return isClosed ? received : undefined;
}

const responsesIn = (received: string): number => received.split(/HTTP\/1\.1 [2-5]\d\d /).length - 1;

/** Every request before the first damaged one must be answered. */
function minimumFor(sent: readonly Damaged[]): number {
  const first = sent.findIndex(({ damage }) => damage !== 'nothing');
  return first < 0 ? sent.length : first;
}

/** Returns what is wrong with the responses on a connection. */
function problemIn(received: string, minimum: number): string | undefined {
  let responses = 0;
  for (let rest = received; rest !== ''; ) {
    const end = rest.indexOf('\r\n\r\n');
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(rest) ?? [];
    if (end < 0 || status === undefined) {
      // The server can close a connection before it has sent its response.
      return status === undefined && !'HTTP/1.1 '.startsWith(rest)
        ? `Bytes that are no response: ${rest.slice(0, 500)}`
        : undefined;
    }
    const head = rest.slice(0, end);
    if (Number(status) >= 500 || /^x-injected/im.test(head)) {
      return rest.slice(0, 800);
    }
    const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
    rest = rest.slice(end + 4 + length);
    responses += 1;
  }
  return responses < minimum ? `${responses} of ${minimum} requests were answered: ${received.slice(0, 800)}` : undefined;
}
