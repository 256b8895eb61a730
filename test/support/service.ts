/** The running service that a test file calls: the one of the test run, or the file's own one with a fixed clock. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audience } from '../../local/access-token.ts';
import { anyCredentials } from '../../local/embedded-dynamodb.ts';
import { defaultRegions } from '../../local/run-state.ts';
import { requestServer } from './servers.ts';

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
  // Imported only here, because it takes long to load and few test files start a service.
  const { startWatchedStack } = await import('./watched-stack.ts');
  const { stop, ...stack } = await startWatchedStack(service.dynamodb, { CLOCK_FILE: file, ...variables });
  service = stack;
  return {
    setClock,
    environment: { ...environment(), CLOCK_FILE: file },
    stop: () => stop().finally(() => rmSync(folder, { recursive: true })),
  };
}
