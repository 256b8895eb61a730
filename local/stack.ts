import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { protocolsFrom } from '../lib/app/protocols.ts';
import { regionsFrom } from '../lib/app/regions.ts';
import { fsck } from '../lib/maintenance/fsck.ts';
import { policies } from '../lib/policies/policies.ts';
import { documentClientOf } from '../lib/table/document-client.ts';
import { DynamoDBStore } from '../lib/table/dynamodb-store.ts';
import { audience, claims, consoleClientId, scopes } from './access-token.ts';
import { startNode, waitUntilReady } from './child.ts';
import { lockDataDir, processUsing } from './data-dir-lock.ts';
import { anyCredentials, clientOf, startEmbeddedDynamoDB, streamArnOf } from './embedded-dynamodb.ts';
import { startIssuer } from './issuer.ts';
import { freePort, loopback, requireFreePortPair, secondStartCommand, waitUntilFree } from './ports.ts';
import { defaultRegions, localTable, readRunState, removeRunState, runStateFile, writeRunState } from './run-state.ts';
import { readCheckpoint, trimStreamTable } from './stream-table.ts';
import { ensureTable } from './table.ts';

/** The whole service on this machine. */
export interface Stack {
  /** The URL of the API, without a path. */
  readonly origin: string;
  readonly issuer: string;
  readonly dynamodb: string;
  readonly tableName: string;
  /** Stops all parts. */
  readonly stop: () => Promise<void>;
  /** Resolves with the output of a part that exits unexpectedly. */
  readonly unexpectedExit: Promise<string>;
}

interface StackOptions {
  /** The port of the API. The OpenID Connect provider uses the next one. */
  readonly port: number;
  /** The data directory. Default: temporary data. */
  readonly folder?: string;
  /** The endpoint of another DynamoDB. Default: the embedded one. */
  readonly dynamodb?: string | undefined;
  /** Default: the table name of `npm start`. */
  readonly tableName?: string;
  /** In the format of the variable REGIONS. */
  readonly regions?: string | undefined;
  /** In the format of the variable SDK_PROTOCOLS. Default: all clouds. */
  readonly protocols?: string | undefined;
  /** Whether the SDK protocols also support what Packer's builders need besides images. */
  readonly hasStandIns?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** The lifetime of access tokens. Default: one hour. */
  readonly tokenSeconds?: number | undefined;
  /** Called with each event as a line of JSON: see docs/events.md. */
  readonly onEvent?: ((event: string) => void) | undefined;
  /** Called with each part of what the functions and the gateway write. */
  readonly onOutput?: (text: string) => void;
  /** Cancels the start. */
  readonly signal?: AbortSignal;
}

/** Starts DynamoDB, the issuer, and the API, and resolves when the API is ready. If it throws, nothing is left running. */
export async function startStack({
  port,
  folder,
  dynamodb,
  tableName = localTable,
  regions = defaultRegions(),
  protocols = Object.keys(policies).join(','),
  hasStandIns = false,
  environment = {},
  tokenSeconds,
  onEvent,
  onOutput,
  signal,
}: StackOptions): Promise<Stack> {
  regionsFrom(regions);
  protocolsFrom(protocols);
  const cleanUps: (() => unknown)[] = [];
  const stop = async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) {
      await cleanUp();
    }
  };
  try {
    if (folder !== undefined) {
      cleanUps.push(await acquireDataDir(folder, port));
      await waitForLeftovers(folder);
    }
    await requireFreePortPair(port);
    signal?.throwIfAborted();
    const scratch = mkdtempSync(join(tmpdir(), 'image-share-'));
    cleanUps.push(() => rmSync(scratch, { recursive: true, force: true }));
    const { issuer, server } = await startIssuer({
      port: port + 1,
      apiPort: port,
      keyFile: folder && join(folder, 'issuer-key.json'),
      tokenSeconds,
    });
    cleanUps.push(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });

    const dynamodbPort = await freePort();
    const endpoint = dynamodb ?? `http://${loopback}:${dynamodbPort}`;
    if (folder !== undefined) {
      cleanUps.push(() => removeRunState(folder));
      writeRunState(folder, { dynamodb: endpoint, isEmbedded: dynamodb === undefined, port, regions });
    }
    const checkpoint = join(resolve(folder ?? scratch), 'stream-checkpoint.json');
    const children = [];
    if (dynamodb === undefined) {
      const path = folder && join(folder, 'dynamodb.sqlite');
      if (path !== undefined && existsSync(path)) {
        trimStreamTable(path, readCheckpoint(checkpoint), new Date());
      }
      const { child } = await startEmbeddedDynamoDB({ port: dynamodbPort, path, signal });
      cleanUps.push(child.stop);
      children.push(child);
    }
    await ensureTable(endpoint, tableName, { upgradeItems: () => repair(endpoint, tableName, regions), signal });
    const TABLE_STREAM_ARN = await streamArnOf(endpoint, tableName);
    const lambdaPort = await freePort();
    signal?.throwIfAborted();

    const origin = `http://${loopback}:${port}`;
    const api = startNode(
      [
        serverlessProgram(),
        'offline',
        'start',
        '--useInProcess',
        '--noSponsor',
        '--host',
        loopback,
        '--httpPort',
        String(port),
        '--lambdaPort',
        String(lambdaPort),
      ],
      {
        ...anyCredentials,
        IMAGE_SHARE_PLACE: 'laptop',
        TABLE_NAME: tableName,
        TABLE_STREAM_ARN,
        DYNAMODB_ENDPOINT: endpoint,
        REGIONS: regions,
        SDK_PROTOCOLS: protocols,
        STAND_INS: hasStandIns ? 'packer' : '',
        OIDC_ISSUER: issuer,
        CONSOLE_CLIENT_ID: consoleClientId,
        OIDC_AUDIENCE: audience,
        OIDC_JWKS_URI: '',
        OIDC_ACCOUNT_CLAIM: claims.account,
        OIDC_PROJECT_CLAIM: claims.project,
        SCOPE_TENANT: scopes.tenant,
        SCOPE_COMPUTE: scopes.compute,
        SCOPE_OPERATOR: scopes.operator,
        POWERTOOLS_LOG_LEVEL: process.env['VERBOSE'] === undefined ? 'WARN' : 'INFO',
        SLS_NOTIFICATIONS_MODE: 'off',
        DATA_KEY_FILE: join(resolve(folder ?? scratch), 'access-key-seal.json'),
        STREAM_CHECKPOINT: checkpoint,
        ...environment,
      },
      (line) => {
        if (line.startsWith('{"event":')) {
          onEvent?.(line);
        }
      },
      onOutput,
    );
    cleanUps.push(api.stop);
    children.push(api);
    await waitUntilReady('The API', api, async () => (await fetch(`${origin}/v1/health`, signal && { signal })).ok, signal);
    signal?.throwIfAborted();
    const unexpectedExit = Promise.race(
      children.map((child) => new Promise<string>((resolve) => child.process.once('exit', () => resolve(child.output())))),
    );
    return { origin, issuer, dynamodb: endpoint, tableName, stop, unexpectedExit };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** Completes the items of an earlier version. */
async function repair(endpoint: string, tableName: string, regions: string): Promise<void> {
  const client = clientOf(endpoint);
  const store = new DynamoDBStore(documentClientOf(client), tableName);
  for (const finding of await fsck({ store, regions: regionsFrom(regions), now: () => new Date() })) {
    if (finding.repair !== undefined) {
      await store.commit(finding.repair);
    }
  }
  client.destroy();
}

const serverlessProgram = (): string => createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/** Locks the data directory, because two processes that use it would lose data. Returns the function that releases it. */
async function acquireDataDir(folder: string, port: number): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const release = await lockDataDir(folder);
  if (release === undefined) {
    // A second start in the same folder usually has the same port as well, and that error is more helpful.
    await requireFreePortPair(port);
    const user = (await processUsing(folder)) ?? 'another process';
    throw new Error(
      `The data in ${folder} is in use by ${user}. Stop it, or use a different folder and port: ${secondStartCommand(port)}`,
    );
  }
  return release;
}

/** Processes that a killed run left behind exit within two seconds: see stop-with-parent.ts. */
const leftoversTimeoutMs = 10_000;

/** Waits until the processes of a killed run have exited, because they use the port and write to the same data. */
async function waitForLeftovers(folder: string): Promise<void> {
  const runState = readRunState(folder);
  if (runState === undefined) {
    return;
  }
  const { port, dynamodb, isEmbedded } = runState;
  const [, hasExited] = await Promise.all([
    waitUntilFree(port, leftoversTimeoutMs),
    !isEmbedded || waitUntilFree(Number(new URL(dynamodb).port), leftoversTimeoutMs),
  ]);
  if (!hasExited) {
    throw new Error(
      `The embedded DynamoDB of an earlier npm start is still running at ${dynamodb}. Stop it. If a different program is using that port, delete ${runStateFile(folder)}.`,
    );
  }
  removeRunState(folder);
}
