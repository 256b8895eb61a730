/** Where the servers of this test run are; the global set-up starts them once for all tests. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Child } from '../../local/child.ts';
import { ensureConsole } from '../../local/console.ts';
import { anyCredentials, startEmbeddedDynamoDB } from '../../local/embedded-dynamodb.ts';
import { audience } from '../../local/issuer.ts';
import { freePortPair } from '../../local/ports.ts';
import { defaultRegions } from '../../local/run-facts.ts';
import { type Stack, startStack } from '../../local/stack.ts';

interface Servers {
  readonly stack: Stack;
  readonly dynamodb: { readonly endpoint: string; readonly child: Child };
}

declare global {
  var servers: Servers | undefined;
}

/** Starts the whole service, as `npm start` does, and an embedded DynamoDB for the store's tests beside it. */
export async function startServers(): Promise<void> {
  await ensureConsole();
  const [stack, dynamodb] = await Promise.all([startStack({ port: await freePortPair() }), startEmbeddedDynamoDB()]);
  globalThis.servers = { stack, dynamodb };
  process.env['TEST_ORIGIN'] = stack.origin;
  process.env['TEST_ISSUER'] = stack.issuer;
  process.env['TEST_SERVICE_DYNAMODB'] = stack.dynamodb;
  process.env['TEST_DYNAMODB'] = dynamodb.endpoint;
}

/** A service of a test file's own, whose clock stands where the test sets it. */
export interface ClockedServers {
  readonly setClock: (at: Date) => void;
  readonly stack: Stack;
  /** What a function of the service needs to run on the same table and by the same clock in the test's process. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts such a service; from then on the clients of this test file call it. */
export async function startServersWithClock(at: Date): Promise<ClockedServers> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-clock-'));
  const file = join(folder, 'now');
  // Written beside and moved, so that no reader meets an empty file.
  const setClock = (now: Date): void => {
    writeFileSync(`${file}.next`, now.toISOString());
    renameSync(`${file}.next`, file);
  };
  setClock(at);
  const stack = await startStack({ port: await freePortPair(), environment: { CLOCK_FILE: file } });
  process.env['TEST_ORIGIN'] = stack.origin;
  process.env['TEST_ISSUER'] = stack.issuer;
  return {
    setClock,
    stack,
    environment: {
      ...anyCredentials,
      TABLE_NAME: stack.tableName,
      DYNAMODB_ENDPOINT: stack.dynamodb,
      REGIONS: defaultRegions(),
      CLOCK_FILE: file,
      OIDC_ISSUER: stack.issuer,
      OIDC_AUDIENCE: audience,
    },
    stop: async () => {
      await stack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function stopServers(): Promise<void> {
  await Promise.all([globalThis.servers?.stack.stop(), globalThis.servers?.dynamodb.child.stop()]);
}

function started(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) {
    throw new Error(`${variable} is not set: the servers of the tests were not started`);
  }
  return value;
}

/** Of the running service, without a path. */
export const origin = (): string => started('TEST_ORIGIN');
export const issuer = (): string => started('TEST_ISSUER');
/** The DynamoDB of the running service. */
export const serviceDynamoDB = (): string => started('TEST_SERVICE_DYNAMODB');
/** An embedded DynamoDB without tables, for tests that make their own. */
export const dynamoDB = (): string => started('TEST_DYNAMODB');

/**
 * Headers of a request that takes a connection of its own. A kept one may have been closed meanwhile, unseen: while a test
 * file loads, nothing else runs, and a server does not wait for ever.
 */
export const onItsOwn = { connection: 'close' } as const;
