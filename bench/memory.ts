import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBStore } from '../lib/table/dynamodb-store.ts';
import { startIssuer } from '../local/issuer.ts';
import { freePortPair } from '../local/ports.ts';
import { withDynamoDB } from './dynamodb.ts';
import { formatNumber } from './format.ts';
import { bundle, memoryOf } from './load/bundles.ts';
import { seedTable } from './load/contenders.ts';
import { environmentOf } from './load/environment.ts';
import { Tokens } from './load/tokens.ts';
import { createAccessKey, scheduleCleanUps, writeFullAccount } from './memory/data.ts';
import { allWork, type Work } from './memory/work.ts';
import type { Part, PartResult } from './part.ts';

/** What child.ts answers. */
interface Answer {
  readonly response: string;
  readonly peakMiB: number;
  /** Of all threads, since the process started. */
  readonly processorMs: number;
}

interface Measured {
  readonly calls: number;
  readonly firstMiB: number;
  readonly peakMiB: number;
  /** For each call after the first. */
  readonly processorMs: number | undefined;
}

/** Of the memory of the function. The rest is for what Lambda's runtime and X-Ray need in it. */
const usedMax = 0.7;
/** Memory with which a function has one processor. It has as much less as it has less memory. */
const memoryOfProcessor = 1_769;

/** Calls the function in a new process, whose heap is as large as Node.js makes it on that much memory, for at most `secondsMax`. */
async function measure(file: string, work: Work, env: NodeJS.ProcessEnv, secondsMax: number): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'memory/child.ts'), [file], {
    env,
    execArgv: [`--max-old-space-size=${Math.floor(memoryOf(work.functionName) / 2)}`],
    silent: true,
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${work.functionName} exited with ${code ?? signal}`);
  });
  ended.catch(() => {});
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0] as Answer;
  try {
    await answer();
    const answers: Answer[] = [];
    const end = Date.now() + secondsMax * 1_000;
    for (const event of work.events) {
      const answered = answer();
      child.send(event);
      const each = await answered;
      if (!each.response.includes(work.responds)) {
        throw new Error(`${work.functionName} responded with ${each.response.slice(0, 1_000)}`);
      }
      answers.push(each);
      if (Date.now() > end) {
        break;
      }
    }
    const [first, last] = [answers[0] as Answer, answers.at(-1) as Answer];
    return {
      calls: answers.length,
      firstMiB: first.peakMiB,
      peakMiB: last.peakMiB,
      processorMs: answers.length > 1 ? (last.processorMs - first.processorMs) / (answers.length - 1) : undefined,
    };
  } finally {
    child.kill();
  }
}

function resultOf(measured: readonly (readonly [Work, Measured])[]): PartResult {
  const rows = measured.map(([{ functionName, what }, { calls, firstMiB, peakMiB, processorMs }]) => {
    const size = memoryOf(functionName);
    const onItsShareMs = processorMs && processorMs * Math.max(1, memoryOfProcessor / size);
    return [functionName, what, calls, firstMiB, peakMiB, size, peakMiB / size, processorMs, onItsShareMs] as const;
  });
  return {
    tables: [
      {
        name: 'memory',
        title: 'Resident memory after calls',
        columns: [
          ...['function', 'call', 'calls', 'first call, MiB', 'peak, MiB', 'memorySize, MiB', 'peak / memorySize'],
          ...['processor time of a call, ms', 'with its share of a processor, ms'],
        ],
        rows,
        note: `Lambda gives a function one processor with ${formatNumber(memoryOfProcessor)} MiB, and a share of it with less.`,
      },
    ],
    goals: rows.map(([functionName, , , , , , used]) => ({
      what: `${functionName}: peak memory / memorySize`,
      measured: used,
      unit: 'times',
      atMost: usedMax,
    })),
  };
}

export const memory: Part = {
  title: 'Memory',
  about:
    'How much memory the bundled functions need after calls in a process of their own, one at a time, as in Lambda. Lists and clean-ups are of an account at its image quotas in all regions of accounts, with images of the full size and 50 recipients each. The heap may be as large as Node.js makes it on a machine with `memorySize`.',
  run: ({ isQuick, progress }) =>
    withDynamoDB(async (dynamodb) => {
      const port = await freePortPair();
      const { issuer, server } = await startIssuer({ port, apiPort: port + 1 });
      const folder = mkdtempSync(join(tmpdir(), 'image-share-memory-'));
      const dataKeyFile = join(folder, 'seal.json');
      const table = await dynamodb.freshTable();
      const store = new DynamoDBStore(dynamodb.plainClient(), table);
      try {
        const { seed } = await seedTable(dynamodb, table);
        progress('writing images');
        const images = await writeFullAccount(store, isQuick ? 50 : Number.POSITIVE_INFINITY);
        await scheduleCleanUps(store, images);
        const key = await createAccessKey(store, dataKeyFile);
        const all = await allWork({ seed, tokens: new Tokens(issuer), key, images, calls: isQuick ? 2 : 200 });
        const bundles = await bundle(all.map(({ functionName }) => functionName));
        try {
          const env = {
            ...process.env,
            ...environmentOf({ endpoint: dynamodb.endpoint, table, issuer }),
            OIDC_JWKS_URI: `${issuer}/jwks`,
            DATA_KEY_FILE: dataKeyFile,
          };
          const measured: [Work, Measured][] = [];
          for (const work of all) {
            progress(`${work.functionName}: ${work.what}`);
            measured.push([work, await measure(bundles.fileOf(work.functionName), work, env, isQuick ? 1 : 8)]);
          }
          return resultOf(measured);
        } finally {
          bundles.remove();
        }
      } finally {
        rmSync(folder, { recursive: true });
        server.closeAllConnections();
        server.close();
      }
    }),
};
