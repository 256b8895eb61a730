import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that runs beside this process and is ended by its own process id. */
export interface Child {
  readonly process: ChildProcess;
  /** What it has printed last; says why it ended, when it ends by itself. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

const outputKept = 8_192;
const stopPatienceMs = 5_000;

/** Variables of the shell that would make the local service another one, such as AWS_PROFILE or SCOPE_TENANT. */
const foreign = /^(AWS|CONSOLE|OIDC|SCOPE|SERVERLESS|SLS)_|^(EVENT_BUS_NAME|CLOCK_FILE)$/;

/**
 * Starts a Node program that ends when this process does, however that comes about. `onLine` is given every line that it
 * prints to its standard output.
 */
export function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  onLine: (line: string) => void = () => {},
): Child {
  const child = spawn(process.execPath, ['--import', new URL('./stop-with-parent.ts', import.meta.url).href, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
      ...environment,
      STOP_WITH_PARENT: String(process.pid),
    },
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
  createInterface({ input: child.stdout }).on('line', onLine);
  return {
    process: child,
    output: () => output,
    async stop() {
      if (hasEnded(child)) {
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

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const readyPatienceMs = 60_000;
const askEveryMs = 100;

/**
 * Waits until `isReady` says so. When the child ends before, or takes too long, or the signal comes, ends the child and
 * throws: what the child printed, or the signal's reason.
 */
export async function untilReady(
  what: string,
  child: Child,
  isReady: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + readyPatienceMs;
  while (!(await isReady().catch(() => false))) {
    if (signal?.aborted || hasEnded(child.process) || Date.now() > deadline) {
      await child.stop();
      signal?.throwIfAborted();
      throw new Error(`${what} did not start:\n${child.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, askEveryMs));
  }
}
