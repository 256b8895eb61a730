/**
 * The servers of a test run. Each one starts when a test file first requests it, so that a run starts only what its tests
 * need. Test files request servers over a socket of this process, which outlives them (see servers.ts).
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestServers } from './servers.ts';

class TestRun {
  readonly #started = new Map<string, Promise<unknown>>();
  readonly #stops: (() => Promise<unknown>)[] = [];

  /** Returns the details of a server, and starts the server if it isn't running. */
  async details(name: string): Promise<unknown> {
    const starting = this.#started.get(name) ?? this.#start(name as keyof TestServers);
    this.#started.set(name, starting);
    return starting;
  }

  /** Stops all servers, in reverse order of their start. Throws if the service wrote a secret. */
  async stop(): Promise<void> {
    let failure: unknown;
    for (const stop of this.#stops.toReversed()) {
      await stop().catch((error: unknown) => {
        failure ??= error;
      });
    }
    if (failure !== undefined) {
      throw failure;
    }
  }

  // The modules that start a server are imported only when needed.
  async #start(name: keyof TestServers): Promise<TestServers[typeof name]> {
    switch (name) {
      case 'dynamodb': {
        const external = process.env['DYNAMODB_ENDPOINT'];
        if (external !== undefined && external !== '') {
          return { endpoint: external };
        }
        const { startEmbeddedDynamoDB } = await import('../../local/embedded-dynamodb.ts');
        const { endpoint, child } = await startEmbeddedDynamoDB();
        this.#stops.push(child.stop);
        return { endpoint };
      }
      case 'service': {
        const { startWatchedStack } = await import('./watched-stack.ts');
        const { endpoint } = (await this.details('dynamodb')) as TestServers['dynamodb'];
        const stack = await startWatchedStack(endpoint);
        this.#stops.push(stack.stop);
        return { origin: stack.origin, issuer: stack.issuer, dynamodb: endpoint, tableName: stack.tableName };
      }
      case 'console': {
        const { ensureConsole } = await import('../../local/console.ts');
        await ensureConsole();
        return {};
      }
      default:
        throw new Error(`There is no server ${name satisfies never}`);
    }
  }
}

declare global {
  var testRun: { readonly servers: TestRun; readonly close: () => void } | undefined;
}

/** Jest calls this before the first test of each project. All projects share the same servers. */
export default async function startServers(): Promise<void> {
  if (globalThis.testRun !== undefined) {
    return;
  }
  const servers = new TestRun();
  const socket = createServer((request, response) => {
    // A keep-alive connection would be closed by the time a later file reuses it.
    response.setHeader('connection', 'close');
    servers.details(request.url?.slice(1) ?? '').then(
      (details) => response.end(JSON.stringify(details)),
      (failure: unknown) => response.writeHead(500).end(String(failure)),
    );
  });
  socket.listen(0, '127.0.0.1');
  await once(socket, 'listening');
  globalThis.testRun = { servers, close: () => socket.close() };
  process.env['TEST_SERVERS'] = `http://127.0.0.1:${(socket.address() as AddressInfo).port}`;
}

export async function stopServers(): Promise<void> {
  const { testRun } = globalThis;
  globalThis.testRun = undefined;
  testRun?.close();
  await testRun?.servers.stop();
}
