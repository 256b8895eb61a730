import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A child process. `stop` signals only this process, by its ID. */
export interface Child {
  readonly process: ChildProcess;
  /** The end of its output, which explains an unexpected exit. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

const outputLengthMax = 8_192;
const stopTimeoutMs = 5_000;

/** Shell variables that would change the configuration of the local service, such as AWS_PROFILE or SCOPE_TENANT. */
const ignoredVariables = /^(AWS|CONSOLE|OIDC|SCOPE|SERVERLESS|SLS)_|^(EVENT_BUS_NAME|CLOCK_FILE)$/;

/**
 * Starts a Node.js program that exits with this process, even if this process is killed. Calls `onLine` with each line of
 * its standard output, and `onOutput` with each part of all its output.
 */
export function startNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  onLine?: (line: string) => void,
  onOutput?: (text: string) => void,
): Child {
  const child = spawn(process.execPath, ['--import', new URL('./stop-with-parent.ts', import.meta.url).href, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ignoredVariables.test(name))),
      ...environment,
      STOP_WITH_PARENT: String(process.pid),
    },
  });
  return childOf(child, onLine, onOutput);
}

/** Wraps a process that was started with pipes for its output. */
export function childOf(
  child: ChildProcessByStdio<null, Readable, Readable>,
  onLine: (line: string) => void = () => {},
  onOutput: (text: string) => void = () => {},
): Child {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-outputLengthMax);
      onOutput(text);
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
      if (hasExited(child)) {
        return;
      }
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const timeout = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
      await exited;
      clearTimeout(timeout);
    },
  };
}

const hasExited = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

const readyTimeoutMs = 60_000;
const readyPollMs = 100;

/**
 * Waits until `isReady` resolves to true. If the child exits, takes longer than a minute, or the signal aborts, stops the
 * child and throws: the signal's reason, or otherwise an error with the child's output.
 */
export async function waitUntilReady(
  name: string,
  child: Child,
  isReady: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  while (!(await isReady().catch(() => false))) {
    if (signal?.aborted || hasExited(child.process) || Date.now() > deadline) {
      await child.stop();
      signal?.throwIfAborted();
      throw new Error(`${name} failed to start:\n${child.output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, readyPollMs));
  }
}
