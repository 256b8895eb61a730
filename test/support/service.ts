/** The running service that a test file calls: the one of the test run, or the file's own one with a fixed clock. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audience } from '../../local/access-token.ts';
import { anyCredentials } from '../../local/embedded-dynamodb.ts';
import { freePortPair } from '../../local/ports.ts';
import { defaultRegions } from '../../local/run-state.ts';
import { requestServer } from './servers.ts';
import { WatchedOutput } from './watched-service.ts';

let service = await requestServer('service');

/** The origin, without a path. */
export const origin = (): string => service.origin;
export const issuer = (): string => service.issuer;
/** The DynamoDB of the running service, and its table there. */
export const dynamodb = (): string => service.dynamodb;
export const tableName = (): string => service.tableName;

/** The environment in which a function of the service runs on the same table, in the test's process. */
export const environment = (): Readonly<Record<string, string>> => ({
  ...anyCredentials,
  TABLE_NAME: service.tableName,
  DYNAMODB_ENDPOINT: service.dynamodb,
  REGIONS: defaultRegions(),
  SDK_PROTOCOLS: 'tencent,alibaba,ucloud',
  OIDC_ISSUER: service.issuer,
  OIDC_AUDIENCE: audience,
});

/** A test file's own service, with a clock that the test sets. */
export interface ClockedService {
  readonly setClock: (at: Date) => void;
  /** The environment of the service, including its clock. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts such a service, with added variables. From then on, the clients of this test file call it. */
export async function startClockedService(at: Date, variables: Readonly<Record<string, string>> = {}): Promise<ClockedService> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-clock-'));
  const file = join(folder, 'now');
  // Written to another file and renamed, so that no reader sees an empty file.
  const setClock = (now: Date): void => {
    writeFileSync(`${file}.next`, now.toISOString());
    renameSync(`${file}.next`, file);
  };
  setClock(at);
  // Imported only here, because it takes long to load and few test files start a service. The port comes after it, so that no
  // other process takes the port while it loads.
  const { startStack } = await import('../../local/stack.ts');
  const port = await freePortPair();
  const output = new WatchedOutput();
  const { stop, ...stack } = await startStack({
    port,
    dynamodb: service.dynamodb,
    tableName: `${service.tableName}-${port}`,
    environment: { CLOCK_FILE: file, POWERTOOLS_LOG_LEVEL: 'INFO', ...variables },
    onOutput: output.add,
  });
  service = stack;
  return {
    setClock,
    environment: { ...environment(), CLOCK_FILE: file },
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true });
      output.requireNoSecrets();
    },
  };
}
