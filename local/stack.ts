import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { protocolsFrom } from '../lib/app/protocols.ts';
import { regionsFrom } from '../lib/app/regions.ts';
import { policies } from '../lib/policies/policies.ts';
import { startNode, untilReady } from './child.ts';
import { dataDirUser, lockDataDir } from './data-dir-lock.ts';
import { anyCredentials, startEmbeddedDynamoDB, streamArnOf } from './embedded-dynamodb.ts';
import { audience, claims, consoleClientId, scopes, startIssuer } from './issuer.ts';
import { freePort, loopback, requireFreePair, secondStart, untilFree } from './ports.ts';
import { defaultRegions, factsFile, factsOf, localTable, removeRunState, writeRunState } from './run-facts.ts';
import { lastRelayedIn, trimStreamTable } from './stream-table.ts';
import { ensureTable } from './table.ts';

/** The whole service on this machine. */
export interface Stack {
  /** Of the API, without a path. */
  readonly origin: string;
  readonly issuer: string;
  readonly dynamodb: string;
  readonly tableName: string;
  /** Ends all of it. */
  readonly stop: () => Promise<void>;
  /** Resolves when a part of it ended by itself, with what it printed. */
  readonly broken: Promise<string>;
}

interface StackOptions {
  /** Of the API; the issuer takes the next one. */
  readonly port: number;
  /** Where data are kept from one start to the next. Absent: in memory. */
  readonly folder?: string;
  /** Another DynamoDB than the embedded one. */
  readonly dynamodb?: string | undefined;
  /** Absent: that of `npm start`. */
  readonly tableName?: string;
  /** As the variable REGIONS states them. */
  readonly regions?: string | undefined;
  /** As the variable SDK_PROTOCOLS states them. Absent: every cloud's. */
  readonly protocols?: string | undefined;
  /** Whether the clouds' SDKs are also answered what Packer's builders need beside images. */
  readonly hasStandIns?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** How long the issuer's access tokens live. Absent: an hour. */
  readonly tokenSeconds?: number | undefined;
  /** Is given every event, as the JSON text in which it is printed where there is no event bus. */
  readonly onEvent?: ((event: string) => void) | undefined;
  /** Ends the start before it is complete. */
  readonly signal?: AbortSignal;
}

/** Starts table, issuer and API, in that order, and answers when the API does. When it throws, nothing is left running. */
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
  signal,
}: StackOptions): Promise<Stack> {
  regionsFrom(regions);
  protocolsFrom(protocols);
  const undoing: (() => unknown)[] = [];
  const stop = async () => {
    for (const undo of undoing.splice(0).reverse()) {
      await undo();
    }
  };
  try {
    if (folder !== undefined) {
      undoing.push(await take(folder, port));
      await untilLeftoversEnd(folder);
    }
    await requireFreePair(port);
    signal?.throwIfAborted();
    const scratch = mkdtempSync(join(tmpdir(), 'image-share-'));
    undoing.push(() => rmSync(scratch, { recursive: true, force: true }));
    const { issuer, server } = await startIssuer({
      port: port + 1,
      apiPort: port,
      keyFile: folder && join(folder, 'issuer-key.json'),
      tokenSeconds,
    });
    undoing.push(() => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    });

    const dynamodbPort = await freePort();
    const endpoint = dynamodb ?? `http://${loopback}:${dynamodbPort}`;
    if (folder !== undefined) {
      undoing.push(() => removeRunState(folder));
      writeRunState(folder, { dynamodb: endpoint, isEmbedded: dynamodb === undefined, port, regions });
    }
    const checkpoint = join(resolve(folder ?? scratch), 'stream-checkpoint.json');
    const children = [];
    if (dynamodb === undefined) {
      const path = folder && join(folder, 'dynamodb.sqlite');
      if (path !== undefined && existsSync(path)) {
        trimStreamTable(path, lastRelayedIn(checkpoint), new Date());
      }
      const { child } = await startEmbeddedDynamoDB({ port: dynamodbPort, path, signal });
      undoing.push(child.stop);
      children.push(child);
    }
    await ensureTable(endpoint, tableName, signal);
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
        POWERTOOLS_LOG_LEVEL: 'WARN',
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
    );
    undoing.push(api.stop);
    children.push(api);
    await untilReady('The API', api, async () => (await fetch(`${origin}/v1/health`, signal && { signal })).ok, signal);
    signal?.throwIfAborted();
    const broken = Promise.race(
      children.map((child) => new Promise<string>((ended) => child.process.once('exit', () => ended(child.output())))),
    );
    return { origin, issuer, dynamodb: endpoint, tableName, stop, broken };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

const serverlessProgram = (): string => createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/** Takes the folder for this process: two of them on the same data would lose some. Gives what releases it. */
async function take(folder: string, port: number): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const release = await lockDataDir(folder);
  if (release === undefined) {
    // Whoever starts twice in one folder mostly meets the port too, and is told of that first.
    await requireFreePair(port);
    const user = (await dataDirUser(folder)) ?? 'another process';
    throw new Error(
      `The data in ${folder} is in use by ${user}. Stop it, or choose another folder and other ports: ${secondStart(port)}`,
    );
  }
  return release;
}

/** What a killed start left running ends by itself within a second or two: see stop-with-parent.ts. */
const leftoversPatienceMs = 10_000;

/** Waits for the end of what a killed start on this folder left running: it has the port, and writes the same data. */
async function untilLeftoversEnd(folder: string): Promise<void> {
  const facts = factsOf(folder);
  if (facts === undefined) {
    return;
  }
  const { port, dynamodb, isEmbedded } = facts;
  const [, isEnded] = await Promise.all([
    untilFree(port, leftoversPatienceMs),
    !isEmbedded || untilFree(Number(new URL(dynamodb).port), leftoversPatienceMs),
  ]);
  if (!isEnded) {
    throw new Error(
      `The embedded DynamoDB of a killed npm start still answers at ${dynamodb}. End it; where another program answers there, remove ${factsFile(folder)}.`,
    );
  }
  removeRunState(folder);
}
