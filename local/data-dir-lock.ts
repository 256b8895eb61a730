/** A lock on a data directory. It is a socket, because the operating system closes a socket however its process exits. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const responseTimeoutMs = 2_000;

/** The directory's socket. On Linux and Windows its name isn't a file, because a file would outlive a killed process. */
function socketOf(folder: string): { path: string; isFile: boolean } {
  const name = `image-share-${createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)}`;
  switch (process.platform) {
    case 'linux':
      return { path: `\0${name}`, isFile: false };
    case 'win32':
      return { path: `\\\\.\\pipe\\${name}`, isFile: false };
    default:
      return { path: join(tmpdir(), name), isFile: true };
  }
}

/** Locks the directory for this process. Returns the function that releases it, or undefined if another process has it. */
export async function lockDataDir(folder: string): Promise<(() => Promise<void>) | undefined> {
  const { path, isFile } = socketOf(folder);
  for (;;) {
    const server = createServer((client) => client.on('error', () => {}).end(String(process.pid)));
    server.unref().listen(path);
    try {
      await once(server, 'listening');
      return async () => {
        server.close();
        await once(server, 'close');
      };
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'EADDRINUSE') {
        throw failure;
      }
    }
    if ((await processUsing(folder)) !== undefined) {
      return undefined;
    }
    if (isFile) {
      rmSync(path, { force: true });
    }
  }
}

/** Describes the process that has locked the directory, as in `process 123`. Returns undefined if there is none. */
export async function processUsing(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) {
    return undefined;
  }
  const socket = connect(socketOf(folder).path);
  const timeout = setTimeout(() => socket.destroy(), responseTimeoutMs);
  try {
    await once(socket, 'connect');
    const pid = await text(socket).catch(() => '');
    return pid === '' ? "a process that doesn't respond" : `process ${pid}`;
  } catch {
    return undefined;
  } finally {
    clearTimeout(timeout);
    socket.destroy();
  }
}
