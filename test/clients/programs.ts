import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Run {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();

/** Starts a program in a process group of its own, so that what it starts ends with it. */
export function start(program: string, args: readonly string[], environment: Readonly<Record<string, string>>, folder: string) {
  const child = spawn(program, args, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** Runs a program to its end, or to the deadline, when it is ended. */
export async function run(...[program, args, environment, folder]: Parameters<typeof start>): Promise<Run> {
  const child = start(program, args, environment, folder);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const deadline = setTimeout(() => end(child), deadlineMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(deadline);
  return { code, output };
}

const deadlineMs = 300_000;

/** Ends a program and all that it started, by their process group. */
export function end({ pid }: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): void {
  try {
    process.kill(-Number(pid), signal);
  } catch {
    // They ended by themselves.
  }
}

/** Ends all programs that still run. */
export function endAll(): void {
  for (const child of running) {
    end(child);
  }
}
