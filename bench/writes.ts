/**
 * On Linux: `npm run bench:writes [-- COUNT]`: makes 20,000 writes through the service as `npm start` runs it, and tells how long they took
 * at the beginning and at the end, and what the service uses of a core afterwards, when nothing is asked of it.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ensureDemoData } from '../local/demo.ts';
import { demoAccounts } from '../local/demo-accounts.ts';
import { accessToken } from '../local/issuer.ts';
import { freePortPair } from '../local/ports.ts';
import { startStack } from '../local/stack.ts';

/** How many writes one figure is taken of: the 100th is the middle of the first 200. */
const windowSize = 200;
const idleSeconds = 20;
/** The growth that is too much. */
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
    const answer = await fetch(`${origin}/v1/regions/ap-guangzhou/images${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${await answer.text()}`);
    }
    return (await answer.json()) as Record<string, unknown>;
  };
  const renew = async () => {
    authorization = `Bearer ${await accessToken(issuer, { account: owner })}`;
  };
  await renew();
  const { imageId } = await call('POST', '', { name: 'bench', sizeGiB: 1 });

  const times: number[] = [];
  for (let write = 0; write < count; write += 1) {
    if (write % 5_000 === 0) {
      await renew();
    }
    const before = performance.now();
    await (write % 2 === 0
      ? call('POST', `/${imageId}/shares`, { recipients: [recipient] })
      : call('DELETE', `/${imageId}/shares/${recipient}`));
    times.push(performance.now() - before);
    if ((write + 1) % 2_000 === 0) {
      console.log(`${String(write + 1).padStart(6)}  ${median(times.slice(-windowSize)).toFixed(2)} ms`);
    }
  }
  const [first, last] = [median(times.slice(0, windowSize)), median(times.slice(-windowSize))];
  console.log(
    `median of the first ${windowSize} writes ${first.toFixed(2)} ms, of the last ${windowSize} ${last.toFixed(2)} ms: ${(last / first).toFixed(2)} times`,
  );

  // Idle is when the stream has been followed to its end.
  for (let seen = -1; seen < events; ) {
    seen = events;
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

/** The time on a processor of this process and all below it, as Linux tells it: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function cpuSeconds(): number {
  const ticksPerSecond = 100;
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && existsSync(`/proc/${name}/stat`))
    .map((name) => {
      // The name of the program may hold spaces; it stands in parentheses.
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
