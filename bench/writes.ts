/**
 * `npm run bench:writes [-- COUNT]`, on Linux: makes COUNT writes (default: 20,000) through the service as `npm start` runs
 * it. Prints how long the first and the last writes take, and the CPU usage of the idle service afterwards.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { accessToken } from '../local/access-token.ts';
import { ensureDemoData } from '../local/demo.ts';
import { demoAccounts } from '../local/demo-accounts.ts';
import { freePortPair } from '../local/ports.ts';
import { startStack } from '../local/stack.ts';

/** The number of writes per median. */
const windowSize = 200;
const idleSeconds = 20;
/** The benchmark fails if the last writes take more than 1.5 times as long as the first. */
const growthMax = 1.5;

const count = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'image-share-bench-'));
let events = 0;
const onEvent = () => {
  events += 1;
};
const { origin, issuer, stop } = await startStack({ port: await freePortPair(), folder, onEvent });
try {
  await ensureDemoData(origin, issuer);
  const [{ accountId: owner }, { accountId: recipient }] = demoAccounts;
  let authorization = '';
  const call = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${origin}/v1/regions/ap-guangzhou/images${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await response.text()}`);
    }
    return (await response.json()) as Record<string, unknown>;
  };
  const renewToken = async () => {
    authorization = `Bearer ${await accessToken(issuer, { account: owner })}`;
  };
  await renewToken();
  const { imageId } = await call('POST', '', { name: 'bench', sizeGiB: 1 });

  const times: number[] = [];
  for (let write = 0; write < count; write += 1) {
    if (write % 5_000 === 0) {
      await renewToken();
    }
    const startedAt = performance.now();
    await (write % 2 === 0
      ? call('POST', `/${imageId}/shares`, { recipients: [recipient] })
      : call('DELETE', `/${imageId}/shares/${recipient}`));
    times.push(performance.now() - startedAt);
    if ((write + 1) % 2_000 === 0) {
      console.log(`${String(write + 1).padStart(6)}  ${median(times.slice(-windowSize)).toFixed(2)} ms`);
    }
  }
  const [first, last] = [median(times.slice(0, windowSize)), median(times.slice(-windowSize))];
  console.log(
    `median: first ${windowSize} writes ${first.toFixed(2)} ms, last ${windowSize} writes ${last.toFixed(2)} ms (${(last / first).toFixed(2)} times)`,
  );

  // The service is idle once all events have been relayed.
  for (let previousEvents = -1; previousEvents < events; ) {
    previousEvents = events;
    await setTimeout(5_000);
  }
  const before = cpuSeconds();
  await setTimeout(idleSeconds * 1_000);
  console.log(`idle: ${(((cpuSeconds() - before) / idleSeconds) * 100).toFixed(1)} % of a core`);
  process.exitCode = last / first <= growthMax ? 0 : 1;
} finally {
  await stop();
  rmSync(folder, { recursive: true });
}
process.exit();

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Returns the CPU time of this process and its descendants. Source: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function cpuSeconds(): number {
  const ticksPerSecond = 100;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .map((name) => {
      // The program name can contain spaces. It is in parentheses.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .map(Number);
      return { pid: Number(name), parent: fields[1] ?? 0, seconds: ((fields[11] ?? 0) + (fields[12] ?? 0)) / ticksPerSecond };
    });
  const own = new Set([process.pid]);
  for (const { pid, parent } of processes.toSorted((a, b) => a.pid - b.pid)) {
    if (own.has(parent)) {
      own.add(pid);
    }
  }
  return processes.filter(({ pid }) => own.has(pid)).reduce((sum, { seconds }) => sum + seconds, 0);
}
