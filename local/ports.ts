import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** How long servers keep an idle connection open. Node's default of five seconds is too short for SDKs that reuse it. */
export const idleTimeoutMs = 75_000;
export const portMax = 65_535;

/** Returns a port of the loopback interface that is free at the moment. */
export const freePort = (): Promise<number> => tryPort(0);

/** Returns the first of two adjacent free ports: one for the API, the next for the OpenID Connect provider. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const isNextFree = await tryPort(port + 1).then(
      () => true,
      () => false,
    );
    if (isNextFree) {
      return port;
    }
  }
}

/** Resolves to the port if it is free, and rejects if it is in use. With 0, resolves to any free port. */
const tryPort = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, loopback, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
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
