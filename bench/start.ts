import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import { scopes } from '../local/access-token.ts';
import { startIssuer } from '../local/issuer.ts';
import { freePortPair } from '../local/ports.ts';
import { withDynamoDB } from './dynamodb.ts';
import { type Bundles, bundle, bundleBaseline, bytesOf, definition } from './load/bundles.ts';
import { seedTable } from './load/contenders.ts';
import { environmentOf } from './load/environment.ts';
import { eventOf } from './load/handlers.ts';
import { operationNames, operations } from './load/operations.ts';
import { owners, type Seed } from './load/seed.ts';
import { Tokens } from './load/tokens.ts';
import { tencentEvent } from './memory/work.ts';
import type { Part } from './part.ts';
import { p50 } from './stats.ts';

/** What child.mjs sends. */
interface Started {
  readonly loadedMs: number;
  readonly answeredMs: number;
  /** Of all threads, until the answer. */
  readonly processorMs: number;
  readonly rssMiB: number;
  readonly statusCode: number;
}

/** A bundle, and the event of its first call. */
interface Start {
  readonly file: string;
  readonly event: object;
  readonly status: number;
}

const bytesMax = 700_000;
const ratioMax = 1.4;
const unknownKey = { keyId: `AK${'0'.repeat(24)}`, secret: 'unknown' };
const baseline = 'only the DynamoDB client';

/** Starts a process that loads the bundle and calls its function once. */
function startOnce({ file, event, status }: Start, env: NodeJS.ProcessEnv): Promise<Started> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'start/child.mjs'), [file, JSON.stringify(event)], { env, silent: true });
    child.once('message', (started: Started) =>
      started.statusCode === status ? resolve(started) : reject(new Error(`${basename(file)}: status ${started.statusCode}`)),
    );
    child.once('exit', (code) => reject(new Error(`${basename(file)} exited with ${code}`)));
  });
}

/** The first calls that are measured, by function. That of sdk has an unknown key, which it looks up before it refuses the call. */
async function firstCalls(bundles: Bundles, tokens: Tokens, seed: Seed): Promise<Record<string, Start>> {
  const starts: Record<string, Start> = {};
  const names = [operationNames.check, operationNames.share, operationNames.page25, operationNames.create];
  for (const operation of operations.filter(({ name }) => (names as readonly string[]).includes(name))) {
    const [request] = await operation.requests(seed, 1, owners[0] as never);
    if (request !== undefined) {
      const { functionName, event } = await eventOf(request, await tokens.of(request));
      starts[functionName] = { file: bundles.fileOf(functionName), event, status: request.status };
    }
  }
  const account = { account: owners[0] as string, scope: scopes.tenant };
  const createKey = await eventOf(
    { method: 'POST', path: '/account/access-keys', ...account, status: 201 },
    await tokens.of(account),
  );
  // Repeats one call, because an account has a limited number of keys.
  const headers = { ...createKey.event.headers, 'idempotency-key': randomUUID() };
  starts['create-access-key'] = {
    ...{ file: bundles.fileOf('create-access-key'), status: 201 },
    event: { ...createKey.event, headers },
  };
  starts['sdk'] = { file: bundles.fileOf('sdk'), event: tencentEvent(unknownKey, 0, {}), status: 200 };
  starts['cleanup-orphaned-shares'] = { file: bundles.fileOf('cleanup-orphaned-shares'), event: {}, status: 200 };
  return starts;
}

const columns = [
  'function',
  'bundle, KB',
  'first answer, ms',
  'first answer / baseline',
  'loading / baseline',
  'processor time / baseline',
  'resident memory, MiB',
];

export const start: Part = {
  title: 'Start',
  about:
    'How long the bundles take in a new process from its start to the first answer, and how large they are. The baseline is a function that only reads an item with the official SDK in its default settings, bundled with the same options but with the default chain of credential providers. All take turns.',
  run: ({ isQuick, progress }) =>
    withDynamoDB(async (dynamodb) => {
      const port = await freePortPair();
      const { issuer, server } = await startIssuer({ port, apiPort: port + 1 });
      const table = await dynamodb.freshTable();
      const names = Object.keys(definition.functions);
      progress('bundling all functions');
      const bundles = await bundle(names);
      const file = await bundleBaseline('bench/start/baseline.ts', bundles.folder);
      try {
        const env = {
          ...process.env,
          ...environmentOf({ endpoint: dynamodb.endpoint, table, issuer }),
          OIDC_JWKS_URI: `${issuer}/jwks`,
          DATA_KEY_FILE: join(bundles.folder, 'data-key.json'),
        };
        const { seed } = await seedTable(dynamodb, table);
        const starts = { [baseline]: { file, event: {}, status: 200 }, ...(await firstCalls(bundles, new Tokens(issuer), seed)) };
        const measured = new Map(Object.keys(starts).map((name) => [name, [] as Started[]]));
        for (let round = 0; round < (isQuick ? 1 : 20); round += 1) {
          progress(`start ${round + 1} of each`);
          const inTurn = Object.entries(starts);
          for (const [name, one] of [...inTurn.slice(round % inTurn.length), ...inTurn.slice(0, round % inTurn.length)]) {
            measured.get(name)?.push(await startOnce(one, env));
          }
        }
        const median = (name: string, figure: keyof Started) => p50((measured.get(name) ?? []).map((one) => one[figure]));
        // Of each round, because the speed of a machine changes between rounds.
        const ratio = (name: string, figure: keyof Started) =>
          p50(
            (measured.get(name) ?? []).map((one, round) => one[figure] / (measured.get(baseline)?.[round]?.[figure] as number)),
          );
        const sizes = names.map((name) => ({ name, bytes: bytesOf(bundles.fileOf(name)) }));
        const largest = sizes.reduce((a, b) => (a.bytes > b.bytes ? a : b));
        return {
          tables: [
            {
              name: 'start',
              title: 'From the start of a process to its first answer',
              columns,
              rows: Object.entries(starts).map(([name, one]) => [
                name,
                bytesOf(one.file) / 1_000,
                median(name, 'answeredMs'),
                ratio(name, 'answeredMs'),
                ratio(name, 'loadedMs'),
                ratio(name, 'processorMs'),
                median(name, 'rssMiB'),
              ]),
              plot: {
                kind: 'bars',
                series: ['first answer / baseline'],
                unit: 'times the baseline',
                mark: { at: ratioMax, title: 'goal' },
              },
            },
            {
              name: 'bundles',
              title: 'Bundles',
              columns: ['function', 'KB'],
              rows: sizes.sort((a, b) => b.bytes - a.bytes).map(({ name, bytes }) => [name, bytes / 1_000]),
            },
          ],
          goals: [
            ...Object.keys(starts)
              .filter((name) => name !== baseline)
              .map((name) => ({
                what: `${name}: first answer / baseline`,
                measured: ratio(name, 'answeredMs'),
                unit: 'times',
                atMost: ratioMax,
              })),
            { what: `the largest bundle, ${largest.name}`, measured: largest.bytes, unit: 'bytes', atMost: bytesMax },
          ],
        };
      } finally {
        bundles.remove();
        server.closeAllConnections();
        server.close();
      }
    }),
};
