/** The services that the part `http` measures, each with a table of its own on the same DynamoDB. */
import { setTimeout } from 'node:timers/promises';
import { startNode, waitUntilReady } from '../../local/child.ts';
import { freePort, freePortPair, loopback } from '../../local/ports.ts';
import { startStack } from '../../local/stack.ts';
import type { BenchDynamoDB } from '../dynamodb.ts';
import { bundle } from './bundles.ts';
import { seedTable, type Target } from './contenders.ts';
import { environmentOf } from './environment.ts';
import { bundledFunctions } from './handlers.ts';
import { HttpClient } from './http-client.ts';
import type { Tally } from './tally.ts';
import { Tokens } from './tokens.ts';

interface Service {
  readonly target: Target;
  readonly stop: () => Promise<void>;
}

/** Starts the service as `npm start` does. Its issuer also issues the tokens for the other one. */
export async function startAsNpmStart(dynamodb: BenchDynamoDB, tally: Tally): Promise<Service & { readonly issuer: string }> {
  const tableName = await dynamodb.freshTable();
  let events = 0;
  const { origin, issuer, stop } = await startStack({
    port: await freePortPair(),
    dynamodb: dynamodb.endpoint,
    tableName,
    onEvent: () => {
      events += 1;
    },
  });
  /** Waits until the events of all changes are published, so that this work doesn't disturb the next contender. */
  const settle = async () => {
    for (let before = -1; before < events; ) {
      before = events;
      await setTimeout(600);
    }
  };
  return { target: await overHttp(dynamodb, tally, { name: 'npm start', origin, issuer, tableName, settle }), issuer, stop };
}

/** Starts the thin host of the bundled functions. */
export async function startHost(dynamodb: BenchDynamoDB, tally: Tally, issuer: string): Promise<Service> {
  const [tableName, port, bundles] = [await dynamodb.freshTable(), await freePort(), await bundle(bundledFunctions)];
  const origin = `http://${loopback}:${port}`;
  const child = startNode(
    [new URL('./host.ts', import.meta.url).pathname, bundles.folder, String(port)],
    environmentOf({ endpoint: dynamodb.endpoint, table: tableName, issuer }),
  );
  await waitUntilReady('The host', child, async () => (await fetch(origin)).status > 0);
  return {
    target: await overHttp(dynamodb, tally, { name: 'bundles', origin, issuer, tableName }),
    stop: () => child.stop().finally(bundles.remove),
  };
}

interface Running {
  readonly name: string;
  readonly origin: string;
  readonly issuer: string;
  readonly tableName: string;
  readonly settle?: () => Promise<void>;
}

async function overHttp(
  dynamodb: BenchDynamoDB,
  tally: Tally,
  { name, origin, issuer, tableName, settle }: Running,
): Promise<Target> {
  const [client, tokens] = [new HttpClient(origin), new Tokens(issuer)];
  return {
    ...(await seedTable(dynamodb, tableName)),
    ...(settle !== undefined && { settle }),
    async callOf(operation, { method, path, body, status, ...caller }) {
      const sent = {
        ...{ method, path: `/v1${path}` },
        headers: {
          authorization: `Bearer ${await tokens.of(caller)}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      };
      return async () => tally.add(name, operation, await client.send(sent), status);
    },
  };
}
