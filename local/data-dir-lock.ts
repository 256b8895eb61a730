/** Who uses a folder of data. A socket tells: the operating system closes it with its process, however that one ends. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const answerPatienceMs = 2_000;

/** The folder's socket: a name without a file where the system has such names, since a file outlives a killed process. */
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

/** Holds the folder for this process. Gives what releases it, or undefined when another process holds it. */
export async function lockDataDir(folder: string): Promise<(() => Promise<void>) | undefined> {
  const { path, isFile } = socketOf(folder);
  for (;;) {
    const server = createServer((asking) => asking.on('error', () => {}).end(String(process.pid)));
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
    if ((await dataDirUser(folder)) !== undefined) {
      return undefined;
    }
    if (isFile) {
      rmSync(path, { force: true });
    }
  }
}

/** The process that holds the folder, as words for a message; undefined when none does. */
export async function dataDirUser(folder: string): Promise<string | undefined> {
  if (!existsSync(folder)) {
    return undefined;
  }
  const socket = connect(socketOf(folder).path);
  const patience = setTimeout(() => socket.destroy(), answerPatienceMs);
  try {
    await once(socket, 'connect');
    const pid = await text(socket).catch(() => '');
    return pid === '' ? 'a process that does not answer' : `process ${pid}`;
  } catch {
    return undefined;
  } finally {
    clearTimeout(patience);
    socket.destroy();
  }
}
