import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** How long servers keep an idle connection open. Node's default of five seconds is too short for SDKs that reuse it. */
export const idleTimeoutMs = 75_000;
export const portMax = 65_535;

/**
 * Where free ports are searched: below the ports that systems assign to outgoing connections (Linux from 32,768, others from 49,152).
 * Such a connection could take a port between the search and its use.
 */
const searched = { from: 20_000, below: 32_768 } as const;

/** Returns a port of the loopback interface that is free at the moment. */
export const freePort = (): Promise<number> => findFree(1);

/** Returns the first of two adjacent free ports: one for the API, the next for the OpenID Connect provider. */
export const freePortPair = (): Promise<number> => findFree(2);

/** Returns the first of adjacent free ports. Starts at a random port, so that two searches rarely return the same. */
async function findFree(count: number): Promise<number> {
  for (;;) {
    const first = randomInt(searched.from, searched.below - count + 1);
    const ports = Array.from({ length: count }, (_, offset) => tryPort(first + offset));
    if ((await Promise.allSettled(ports)).every(({ status }) => status === 'fulfilled')) {
      return first;
    }
  }
}

/** Resolves if the port is free, and rejects if it is in use. */
const tryPort = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, loopback, () => server.close(() => resolve()));
  });

class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** Returns a command that starts a second service next to the one on this port. */
export function secondStartCommand(port: number): string {
  const other = port + 1_000 < portMax ? port + 1_000 : port - 1_000;
  return `PORT=${other} DATA_DIR=.data-${other} npm start`;
}

const pollMs = 50;

/** Waits until the port is free. Returns false if it isn't within the timeout. */
export async function waitUntilFree(port: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      await tryPort(port);
      return true;
    } catch {
      if (Date.now() > deadline) {
        return false;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Throws PortInUse unless this port and the next one are free. */
export async function requireFreePortPair(port: number): Promise<void> {
  for (const [offset, purpose] of ['the API', 'the OpenID Connect provider'].entries()) {
    try {
      await tryPort(port + offset);
    } catch (cause) {
      throw new PortInUse(
        `Port ${port + offset}, for ${purpose}, is already in use. Set PORT to a different port and DATA_DIR to a different folder: ${secondStartCommand(port)}`,
        { cause },
      );
    }
  }
}
