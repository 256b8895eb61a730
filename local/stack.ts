import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Child, startNode, untilReady } from './child.ts';
import { anyCredentials, startEmbeddedDynamoDB, streamArnOf } from './embedded-dynamodb.ts';
import { audience, startIssuer } from './issuer.ts';
import { freePort, loopback, requireFree } from './ports.ts';
import { endpointFile, localTable as tableName } from './run-facts.ts';
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
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts table, issuer and API, in that order, and answers when the API does. */
export async function startStack({ port, folder, dynamodb, environment = {} }: StackOptions): Promise<Stack> {
  await requireFree([
    { port, purpose: 'the API' },
    { port: port + 1, purpose: 'the OpenID provider' },
  ]);
  const release = folder === undefined ? () => {} : lock(folder);
  const scratch = mkdtempSync(join(tmpdir(), 'image-share-'));
  const children: Child[] = [];
  const { issuer, server } = await startIssuer(port + 1, folder && join(folder, 'issuer-key.json'));
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    if (folder !== undefined) {
      rmSync(join(folder, endpointFile), { force: true });
    }
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(scratch, { recursive: true, force: true });
    release();
  };
  try {
    const endpoint = dynamodb ?? (await embedded(folder, children));
    await ensureTable(endpoint, tableName);
    if (folder !== undefined) {
      writeFileSync(join(folder, endpointFile), endpoint);
    }
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
        String(await freePort()),
      ],
      {
        ...anyCredentials,
        IMAGE_SHARE_PLACE: 'laptop',
        TABLE_NAME: tableName,
        TABLE_STREAM_ARN: await streamArnOf(endpoint, tableName),
        DYNAMODB_ENDPOINT: endpoint,
        OIDC_ISSUER: issuer,
        OIDC_AUDIENCE: audience,
        POWERTOOLS_LOG_LEVEL: 'WARN',
        SLS_NOTIFICATIONS_MODE: 'off',
        STREAM_CHECKPOINT: join(resolve(folder ?? scratch), 'stream-checkpoint.json'),
        ...environment,
      },
    );
    children.push(api);
    await untilReady('The API', api, async () => (await fetch(`${origin}/v1/health`)).ok);
    const broken = Promise.race(
      children.map((child) => new Promise<string>((resolve) => child.process.once('exit', () => resolve(child.output())))),
    );
    return { origin, issuer, dynamodb: endpoint, tableName, stop, broken };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

async function embedded(folder: string | undefined, children: Child[]): Promise<string> {
  const { endpoint, child } = await startEmbeddedDynamoDB(folder && join(folder, 'dynamodb.sqlite'));
  children.push(child);
  return endpoint;
}

const serverlessProgram = (): string => createRequire(import.meta.url).resolve('serverless/bin/serverless.js');

/** Takes the folder for this process: two of them on the same data would lose some. Gives what releases it. */
function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'process-id');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  if (holder !== undefined && isRunning(holder)) {
    throw new Error(
      `The data in ${folder} are in use by process ${holder}. Stop it, or choose another folder with the variable DATA_DIR.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
