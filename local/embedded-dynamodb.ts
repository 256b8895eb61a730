import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DescribeTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type Child, startNode, waitUntilReady } from './child.ts';
import { freePort, loopback } from './ports.ts';
import { indexStreamTable } from './stream-table.ts';

/** Credentials for a DynamoDB emulator, which accepts any. */
export const anyCredentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' } as const;

export const clientOf = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: anyCredentials.AWS_REGION,
    credentials: { accessKeyId: anyCredentials.AWS_ACCESS_KEY_ID, secretAccessKey: anyCredentials.AWS_SECRET_ACCESS_KEY },
  });

/** The executable in each of the engine's packages, `@dynoxide/PLATFORM`. npm installs only the package for its own platform. */
const programs: Readonly<Record<string, string>> = {
  'darwin-arm64': 'dynoxide',
  'darwin-x64': 'dynoxide',
  'linux-arm64': 'dynoxide',
  'linux-x64': 'dynoxide',
  'win32-x64': 'dynoxide.exe',
};

const alternative =
  'start another DynamoDB, such as DynamoDB Local, and set its endpoint: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start';

/**
 * Returns the path of the embedded DynamoDB's executable. `resolve` finds a file in a package, like `require.resolve`. If
 * there is no executable for the platform, throws an error that names the alternative.
 */
export function programPath(
  platform = `${process.platform}-${process.arch}`,
  resolve: (file: string) => string = createRequire(import.meta.url).resolve,
): string {
  const program = programs[platform];
  if (program === undefined) {
    throw new Error(`There is no embedded DynamoDB for ${platform}. To run the service on this machine, ${alternative}`);
  }
  try {
    return join(dirname(resolve(`@dynoxide/${platform}/package.json`)), program);
  } catch (cause) {
    throw new Error(
      `The embedded DynamoDB isn't installed: the package @dynoxide/${platform} is missing. Run npm ci without --omit=optional, or ${alternative}`,
      { cause },
    );
  }
}

interface EmbeddedOptions {
  /** Default: a free port. */
  readonly port?: number;
  /** The data file. Default: a temporary file, which is removed when the engine stops. */
  readonly path?: string | undefined;
  /** Cancels the start. */
  readonly signal?: AbortSignal | undefined;
}

/** Starts the embedded DynamoDB. Throws if it doesn't become ready, and leaves nothing running in that case. */
export async function startEmbeddedDynamoDB({
  path,
  signal,
  ...options
}: EmbeddedOptions = {}): Promise<{ endpoint: string; child: Child }> {
  if (path === undefined) {
    // A file even for temporary data, because the stream table's indexes can't be added to data in memory.
    const folder = mkdtempSync(join(tmpdir(), 'image-share-dynamodb-'));
    const remove = () => rmSync(folder, { recursive: true, force: true });
    try {
      const { endpoint, child } = await startEmbeddedDynamoDB({ ...options, signal, path: join(folder, 'dynamodb.sqlite') });
      return { endpoint, child: { ...child, stop: () => child.stop().finally(remove) } };
    } catch (failure) {
      remove();
      throw failure;
    }
  }
  const port = options.port ?? (await freePort());
  const endpoint = `http://${loopback}:${port}`;
  const script = join(import.meta.dirname, 'run-program.ts');
  const child = startNode([script, programPath(), 'serve', '--port', String(port), '--db-path', path], {});
  const client = clientOf(endpoint);
  await waitUntilReady(
    'The embedded DynamoDB',
    child,
    async () => (await client.send(new ListTablesCommand({}), signal && { abortSignal: signal })).TableNames !== undefined,
    signal,
  );
  client.destroy();
  try {
    indexStreamTable(path);
  } catch (failure) {
    await child.stop();
    throw failure;
  }
  return { endpoint, child };
}

/** Returns the ARN of the table's stream, which is different each time the table is created. */
export async function streamArnOf(endpoint: string, TableName: string): Promise<string> {
  const client = clientOf(endpoint);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  client.destroy();
  return Table?.LatestStreamArn ?? '';
}
