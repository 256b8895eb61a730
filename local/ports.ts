import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** How long servers keep a connection on which nothing comes. */
export const keptIdleMs = 75_000;
export const portMax = 65_535;

/** A port of the loopback interface that nobody listens on at this moment. */
export const freePort = (): Promise<number> => listening(0);

/** A free port whose next one is free as well: the API takes the first, the issuer the second. */
export async function freePortPair(): Promise<number> {
  for (;;) {
    const port = await freePort();
    const isNextFree = await listening(port + 1).then(
      () => true,
      () => false,
    );
    if (isNextFree) {
      return port;
    }
  }
}

/** Resolves with the port when nobody listens on it, and rejects when somebody does. */
const listening = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, loopback, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });

/** A port that was asked for and is not free. */
class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** The command that starts a second service beside the one on this port. */
export function secondStart(port: number): string {
  const other = port + 1_000 < portMax ? port + 1_000 : port - 1_000;
  return `PORT=${other} DATA_DIR=.data-${other} npm start`;
}

const askEveryMs = 50;

/** Waits until nobody listens on the port, and says whether that came about in time. */
export async function untilFree(port: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      await listening(port);
      return true;
    } catch {
      if (Date.now() > deadline) {
        return false;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}

/** Throws PortTaken, saying which port and what chooses it, unless this port and the next one are free. */
export async function requireFreePair(port: number): Promise<void> {
  for (const [at, purpose] of ['the API', 'the OpenID provider'].entries()) {
    try {
      await listening(port + at);
    } catch (cause) {
      throw new PortTaken(
        `Port ${port + at}, for ${purpose}, is taken. Choose others with the variable PORT, and another folder with DATA_DIR: ${secondStart(port)}`,
        { cause },
      );
    }
  }
}
