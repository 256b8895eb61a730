import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileDataKeys } from '../../lib/auth/file-data-keys.ts';
import { unseal } from '../../lib/auth/sealing.ts';
import type { AccessKeyId, PrincipalId } from '../../lib/model/ids.ts';
import { documentClientOf } from '../../lib/table/document-client.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { processUsing } from '../../local/data-dir-lock.ts';
import { clientOf, startEmbeddedDynamoDB } from '../../local/embedded-dynamodb.ts';
import { freePortPair, requireFreePortPair, secondStartCommand } from '../../local/ports.ts';
import { localTable, type RunState, readRunState } from '../../local/run-state.ts';
import { ensureTable } from '../../local/table.ts';
import { inSeconds, rpcRequest } from '../sdk/alibaba/signing.ts';
import { noon, principal } from '../support/builders.ts';
import { linesWithSecrets } from '../support/secret-forms.ts';
import { requestServer } from '../support/servers.ts';

// Otherwise each start would build it, and print that.
await requestServer('console');

const project = new URL('../..', import.meta.url);
const folders: string[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-start-'));
  folders.push(folder);
  return folder;
};

const children: ChildProcess[] = [];
/** The lines with secrets in the output of `npm start`. */
const leaks: string[] = [];

afterAll(async () => {
  // Children of failed tests.
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
  expect(leaks).toEqual([]);
});

/** Runs a script of the project until it exits or its output matches `untilPrinted`. */
async function run(args: readonly string[], environment: Record<string, string>, untilPrinted?: RegExp) {
  const child = spawn(process.execPath, [...args], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const exited = once(child, 'close');
  let output = '';
  child.once('close', () => {
    // The others print a token or an access key.
    leaks.push(...(args[0] === 'local/start.ts' ? linesWithSecrets(output) : []));
  });
  const printed = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (untilPrinted?.test(output)) {
          resolve();
        }
      });
    }
  });
  await Promise.race([exited, printed]);
  return {
    pid: child.pid,
    output: () => output,
    stop: async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
      child.kill(signal);
      const [code] = await exited;
      return code as number | null;
    },
    code: async () => (await exited)[0] as number,
  };
}

const listing = /curl -s (http\S+) -H/;

type Environment = Record<'PORT' | 'DATA_DIR', string>;

const freshEnvironment = async (): Promise<Environment> => ({ PORT: String(await freePortPair()), DATA_DIR: freshFolder() });

/** Sends a request to the listing URL that the start page prints, or to a path below it, with a token from `npm run token`. */
async function requestAs(account: string, environment: Environment, page: string, method = 'GET', subpath = '') {
  const token = (await run(['local/token.ts', account], environment)).output().trim();
  return fetch(`${listing.exec(page)?.[1]}${subpath}`, { method, headers: { authorization: `Bearer ${token}` } });
}

const [acme, globex] = ['100000000001', '100000000002'] as const;

async function imagesOf(account: string, environment: Environment, page: string) {
  const response = await requestAs(account, environment, page);
  return ((await response.json()) as { images: { imageId: string; name: string; visibility: string }[] }).images;
}

/** Returns the run state of a start on the folder, as soon as it is written. Throws if the start ends before. */
async function waitForRunState({ DATA_DIR }: Environment, end: Promise<unknown>): Promise<RunState> {
  const watching = new AbortController();
  void end.then(() => watching.abort('The start ended before it wrote its run state'));
  for await (const _ of watch(DATA_DIR, watching)) {
    const facts = readRunState(DATA_DIR);
    if (facts !== undefined) {
      return facts;
    }
  }
  throw new Error(`${DATA_DIR} is no longer watched`);
}

/** Returns the secret of an access key, unsealed with the data key in the folder. */
async function readSecret({ DATA_DIR }: Environment, owner: { keyId: AccessKeyId; account: PrincipalId }) {
  const client = clientOf(readRunState(DATA_DIR)?.dynamodb ?? '');
  const key = await new DynamoDBStore(documentClientOf(client), localTable).accessKey(owner.keyId);
  client.destroy();
  return key && unseal(key.secret, owner, fileDataKeys(join(DATA_DIR, 'access-key-seal.json')));
}

/** Expects that a start on the folder left nothing running: free ports, no run state, no lock, and no DynamoDB. */
async function expectNothingLeft({ PORT, DATA_DIR }: Environment, dynamodb?: string) {
  await requireFreePortPair(Number(PORT));
  expect(readRunState(DATA_DIR)).toBeUndefined();
  expect(await processUsing(DATA_DIR)).toBeUndefined();
  if (dynamodb !== undefined) {
    await expect(fetch(dynamodb)).rejects.toThrow('fetch failed');
  }
}

describe('npm start', () => {
  it('reports a port in use and the variables to choose others', async () => {
    const usedPort = await freePortPair();
    const server = createServer().listen(usedPort, '127.0.0.1');
    await once(server, 'listening');

    const started = await run(['local/start.ts'], { PORT: String(usedPort), DATA_DIR: freshFolder() });

    expect(await started.code()).toBe(1);
    expect(started.output()).toBe(
      `Port ${usedPort}, for the API, is already in use. Set PORT to a different port and DATA_DIR to a different folder: ${secondStartCommand(usedPort)}\n`,
    );
    server.close();
  });

  it("reports the issuer's port in use", async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const usedPort = typeof address === 'object' && address !== null ? address.port : 0;

    const started = await run(['local/start.ts'], { PORT: String(usedPort - 1), DATA_DIR: freshFolder() });

    expect(await started.code()).toBe(1);
    expect(started.output()).toMatch(
      new RegExp(`Port (${usedPort}, for the OpenID Connect provider|${usedPort - 1}, for the API), is already in use`),
    );
    server.close();
  });

  it('refuses an invalid port', async () => {
    const started = await run(['local/start.ts'], { PORT: 'http' });

    expect(await started.code()).toBe(1);
    expect(started.output()).toContain('PORT is "http"');
  });

  it('refuses regions without a policy', async () => {
    const environment = await freshEnvironment();

    const started = await run(['local/start.ts'], { ...environment, REGIONS: 'eu-1' });

    expect([await started.code(), started.output()]).toEqual([1, expect.stringContaining('Invalid region "eu-1" in REGIONS')]);
    await expectNothingLeft(environment);
  });

  it('refuses an unknown SDK protocol', async () => {
    const environment = await freshEnvironment();

    const started = await run(['local/start.ts'], { ...environment, SDK_PROTOCOLS: 'tencent,azure' });

    expect([await started.code(), started.output()]).toEqual([
      1,
      expect.stringContaining('Unknown cloud "azure" in SDK_PROTOCOLS'),
    ]);
    await expectNothingLeft(environment);
  });

  it('refuses unknown stand-ins', async () => {
    const started = await run(['local/start.ts'], { ...(await freshEnvironment()), STAND_INS: 'terraform' });

    expect([await started.code(), started.output()]).toEqual([1, 'STAND_INS is "terraform"; it has to be packer, or not set.\n']);
  });

  it('prints its URLs, issues tokens, keeps its data across a restart, and answers what Packer needs if told to', async () => {
    const environment = await freshEnvironment();

    const first = await run(['local/start.ts'], environment, listing);
    expect(first.output()).toContain('/v1/docs');
    expect(first.output()).not.toContain('STAND-INS');
    const before = await imagesOf(acme, environment, first.output());
    expect(before.map(({ visibility }) => visibility)).toEqual(['owned', 'shared']);
    expect(await first.stop()).toBe(0);

    const second = await run(['local/start.ts'], { ...environment, STAND_INS: 'packer' }, listing);
    expect(await imagesOf(acme, environment, second.output())).toEqual(before);
    expect(second.output()).toContain('STAND-INS      STAND_INS=packer: ');
    const { accessKeyId: keyId, secret } = JSON.parse((await run(['local/keys.ts', acme], environment)).output());
    const call = { action: 'CreateVpc', parameters: { RegionId: 'cn-hangzhou' }, date: inSeconds(new Date()), nonce: 'one' };
    const { query } = rpcRequest({ key: { keyId, secret }, ...call });
    const response = await fetch(`http://127.0.0.1:${environment.PORT}/?${query}`);
    expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ VpcId: expect.any(String) })]);

    const third = await run(['local/start.ts'], { ...environment, PORT: String(await freePortPair()) });
    expect([await third.code(), third.output()]).toEqual([1, expect.stringContaining(`is in use by process ${second.pid}.`)]);
    const again = await run(['local/start.ts'], environment);
    expect([await again.code(), again.output()]).toEqual([
      1,
      expect.stringMatching(/Port \d+, for the API, is already in use\. Set PORT .*DATA_DIR/),
    ]);
    expect(await second.stop()).toBe(0);
    await expectNothingLeft(environment);
  });

  it("uses REGIONS and nothing else of the shell's environment, and completes its demo data after being killed", async () => {
    const environment = { ...(await freshEnvironment()), REGIONS: 'eu-1=ucloud,eu-2=tencent' };
    const shell = {
      AWS_PROFILE: 'nobody',
      AWS_SESSION_TOKEN: 'none',
      OIDC_ISSUER: 'https://issuer.example.com',
      OIDC_AUDIENCE: 'another',
      OIDC_JWKS_URI: 'https://issuer.example.com/keys',
      OIDC_ACCOUNT_CLAIM: 'tenant',
      OIDC_PROJECT_CLAIM: 'team',
      SCOPE_TENANT: 'share',
      SCOPE_COMPUTE: 'compute',
      SCOPE_OPERATOR: 'operator',
      TABLE_NAME: 'another',
      KMS_KEY_ID: 'alias/another',
      DATA_KEY_FILE: '/nowhere/another',
    };
    const first = await run(['local/start.ts'], { ...environment, ...shell }, listing);
    expect(first.output()).toContain('/v1/regions/eu-1/images');
    const [ownImage, shared] = await imagesOf(acme, environment, first.output());
    expect([ownImage?.name, shared?.name]).toEqual(['web-base', 'analytics-node']);
    const { DATA_DIR, PORT } = environment;
    // The secrets of access keys are sealed with the key in the folder.
    const { accessKeyId: keyId, secret } = JSON.parse((await run(['local/keys.ts', acme], environment)).output());
    expect(await readSecret(environment, { keyId, account: principal(acme) })).toBe(secret);
    const checked = await run(['scripts/fsck.ts'], { DATA_DIR });
    expect([await checked.code(), checked.output()]).toEqual([0, 'No problems found.\n']);

    // As if it had been killed before the last item was written.
    expect((await requestAs(acme, environment, first.output(), 'DELETE', `/${ownImage?.imageId}`)).status).toBe(204);
    await first.stop('SIGKILL');
    const checkedAgain = await run(['scripts/fsck.ts'], { DATA_DIR });
    expect([await checkedAgain.code(), checkedAgain.output()]).toEqual([2, expect.stringContaining("npm start isn't running")]);

    const second = await run(['local/start.ts'], environment, listing);
    const [newOwnImage, ...others] = await imagesOf(acme, environment, second.output());
    expect([newOwnImage?.name, others]).toEqual(['web-base', [shared]]);
    expect(await imagesOf(globex, environment, second.output())).toHaveLength(1);
    expect(await second.stop()).toBe(0);
    await expectNothingLeft({ DATA_DIR, PORT });
  });

  it('stops all of its processes when a signal arrives before it has started', async () => {
    const environment = await freshEnvironment();

    const started = run(['local/start.ts'], environment, /./);
    const { dynamodb } = await waitForRunState(environment, started);
    process.kill(Number((await processUsing(environment.DATA_DIR))?.replace('process ', '')), 'SIGTERM');

    const { code, output } = await started;
    expect([await code(), output()]).toEqual([0, '']);
    await expectNothingLeft(environment, dynamodb);
  });

  it('stops all of its processes when npm kills the shell that it runs in', async () => {
    const environment = await freshEnvironment();

    const shell = spawn('sh', ['-c', `"${process.execPath}" local/start.ts; exit`], {
      cwd: project,
      env: { ...process.env, ...environment, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // The shell's output is also that of its children, and ends with the last of them.
    const exited = once(shell.stdout.resume(), 'end');
    const { dynamodb } = await waitForRunState(environment, exited);
    shell.kill('SIGTERM');

    await exited;
    await expectNothingLeft(environment, dynamodb);
  });

  it('stops all of its processes when the demo data are refused', async () => {
    const environment = await freshEnvironment();
    const { endpoint, child } = await startEmbeddedDynamoDB();
    await ensureTable(endpoint, localTable);
    const client = clientOf(endpoint);
    await new DynamoDBStore(documentClientOf(client), localTable).commit([
      {
        do: 'create-project',
        project: {
          projectId: principal('org-acme01'),
          account: principal('another'),
          name: 'Production',
          state: 'open',
          createdAt: noon,
        },
      },
    ]);
    client.destroy();

    const started = await run(['local/start.ts'], { ...environment, DYNAMODB_ENDPOINT: endpoint });

    expect([await started.code(), started.output()]).toEqual([
      1,
      expect.stringMatching(/^Demo data: PUT \/accounts\/100000000001\/projects\/org-acme01 failed: /),
    ]);
    await child.stop();
    await expectNothingLeft(environment);
  });
});

describe('npm run token', () => {
  it('prints its usage without an account', async () => {
    const result = await run(['local/token.ts'], {});

    expect([await result.code(), result.output()]).toEqual([1, expect.stringContaining('Usage: npm run -s token -- ACCOUNT')]);
  });

  it('prints its usage for --help', async () => {
    const result = await run(['local/token.ts', '--help'], {});

    expect([await result.code(), result.output()]).toEqual([0, expect.stringMatching(/^Usage: npm run -s token -- ACCOUNT/)]);
  });

  it('lists the scopes for an unknown scope', async () => {
    const result = await run(['local/token.ts', acme, '--scope', 'bogus'], {});

    expect([await result.code(), result.output()]).toEqual([
      1,
      'Unknown scope "bogus". Valid scopes: image-share, image-share:compute, image-share:operator.\n',
    ]);
  });

  it('explains that the service is not running', async () => {
    const result = await run(['local/token.ts', acme], { PORT: String(await freePortPair()) });

    expect([await result.code(), result.output()]).toEqual([1, expect.stringContaining('Run npm start first')]);
  });
});

describe('npm run fsck', () => {
  it('prints its usage for --help', async () => {
    const result = await run(['scripts/fsck.ts', '--help'], {});

    expect([await result.code(), result.output()]).toEqual([0, expect.stringMatching(/^Usage: npm run -s fsck/)]);
  });

  it.each([
    ['--mend', "Unknown option '--mend'. For usage, run npm run -s fsck -- --help.\n"],
    ['all', "Unexpected argument 'all'. For usage, run npm run -s fsck -- --help.\n"],
  ])('refuses %s in one line', async (argument, line) => {
    const result = await run(['scripts/fsck.ts', argument], {});

    expect([await result.code(), result.output()]).toEqual([2, line]);
  });
});
