import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

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

/** Throws PortTaken, saying which port and what chooses it, unless all of them are free. */
export async function requireFree(ports: readonly { readonly port: number; readonly purpose: string }[]): Promise<void> {
  for (const { port, purpose } of ports) {
    try {
      await listening(port);
    } catch (cause) {
      throw new PortTaken(
        `Port ${port}, for ${purpose}, is taken. Choose others with the variable PORT: PORT=${port + 1_000} npm start`,
        { cause },
      );
    }
  }
}
