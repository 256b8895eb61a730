import { createServer } from 'node:net';

export const loopback = '127.0.0.1';

/** A port of the loopback interface that nobody listens on at this moment. */
export const freePort = (): Promise<number> => listening(0);

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
export class PortTaken extends Error {
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
