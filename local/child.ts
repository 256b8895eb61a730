import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs beside this process and is ended by its own process id. */
export interface Child {
  readonly process: ChildProcess;
  /** What it has printed last; says why it ended, when it ends by itself. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

const outputKept = 8_192;
const stopPatienceMs = 5_000;

/** Starts a Node program that ends when this process does, however that comes about. */
export function startNode(args: readonly string[], environment: Readonly<Record<string, string>>): Child {
  const preload = new URL('./stop-with-parent.ts', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment, STOP_WITH_PARENT: String(process.pid) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputKept);
      if (process.env['VERBOSE'] !== undefined) {
        process.stderr.write(text);
      }
    });
  }
  return {
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) {
        return;
      }
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}

const readyPatienceMs = 60_000;
const askEveryMs = 100;

/** Waits until `isReady` says so. Throws what the child printed when it ends before, or takes too long. */
export async function untilReady(what: string, child: Child, isReady: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + readyPatienceMs;
  while (!(await isReady().catch(() => false))) {
    if (child.process.exitCode !== null || Date.now() > deadline) {
      await child.stop();
      throw new Error(`${what} did not start:\n${child.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}
