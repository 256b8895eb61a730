/** The running service that the tests of a file call: that of the test run, or one of the file's own with a standing clock. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyCredentials } from '../../local/embedded-dynamodb.ts';
import { audience } from '../../local/issuer.ts';
import { freePortPair } from '../../local/ports.ts';
import { defaultRegions } from '../../local/run-facts.ts';
import { startStack } from '../../local/stack.ts';
import { requested } from './servers.ts';

let service = await requested('service');

/** Without a path. */
export const origin = (): string => service.origin;
export const issuer = (): string => service.issuer;
/** The DynamoDB of the running service, and its table there. */
export const dynamodb = (): string => service.dynamodb;
export const tableName = (): string => service.tableName;

/** What a function of the service needs to run on the same table in the test's process. */
export const environment = (): Readonly<Record<string, string>> => ({
  ...anyCredentials,
  TABLE_NAME: service.tableName,
  DYNAMODB_ENDPOINT: service.dynamodb,
  REGIONS: defaultRegions(),
  SDK_PROTOCOLS: 'tencent,alibaba,ucloud',
  OIDC_ISSUER: service.issuer,
  OIDC_AUDIENCE: audience,
});

/** A service of a test file's own, whose clock stands where the test sets it. */
export interface ClockedService {
  readonly setClock: (at: Date) => void;
  /** The same, and the clock. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts such a service; from then on the clients of this test file call it. */
export async function startClockedService(at: Date): Promise<ClockedService> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-clock-'));
  const file = join(folder, 'now');
  // Written beside and moved, so that no reader meets an empty file.
  const setClock = (now: Date): void => {
    writeFileSync(`${file}.next`, now.toISOString());
    renameSync(`${file}.next`, file);
  };
  setClock(at);
  const port = await freePortPair();
  const { stop, ...stack } = await startStack({
    port,
    dynamodb: service.dynamodb,
    tableName: `${service.tableName}-${port}`,
    environment: { CLOCK_FILE: file },
  });
  service = stack;
  return {
    setClock,
    environment: { ...environment(), CLOCK_FILE: file },
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}
