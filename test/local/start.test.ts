import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { fileDataKeys } from '../../lib/auth/file-data-keys.ts';
import { unseal } from '../../lib/auth/sealing.ts';
import type { AccessKeyId, PrincipalId } from '../../lib/model/ids.ts';
import { DynamoDBStore } from '../../lib/table/dynamodb-store.ts';
import { dataDirUser } from '../../local/data-dir-lock.ts';
import { clientOf, startEmbeddedDynamoDB } from '../../local/embedded-dynamodb.ts';
import { freePortPair, requireFreePair, secondStart } from '../../local/ports.ts';
import { factsOf, localTable, type RunFacts } from '../../local/run-facts.ts';
import { ensureTable } from '../../local/table.ts';
import { inSeconds, rpcRequest } from '../sdk/alibaba/signing.ts';
import { noon, principal } from '../support/builders.ts';
import { requested } from '../support/servers.ts';

// Each start would build it, and say so.
await requested('console');

const project = new URL('../..', import.meta.url);
const folders: string[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-start-'));
  folders.push(folder);
  return folder;
};

const children: ChildProcess[] = [];

afterAll(async () => {
  // Those of tests that failed.
  for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
  for (const folder of folders) {
    rmSync(folder, { recursive: true });
  }
});

/** Runs a script of the project, until it ends or `untilPrinted` stands in its output, and gives what it printed. */
async function run(args: readonly string[], environment: Record<string, string>, untilPrinted?: RegExp) {
  const child = spawn(process.execPath, [...args], {
    cwd: project,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const ended = once(child, 'close');
  let output = '';
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
  await Promise.race([ended, printed]);
  return {
    pid: child.pid,
    output: () => output,
    stop: async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
      child.kill(signal);
      const [code] = await ended;
      return code as number | null;
    },
    code: async () => (await ended)[0] as number,
  };
}

const listing = /curl -s (http\S+) -H/;

type Environment = Record<'PORT' | 'DATA_DIR', string>;

const freshEnvironment = async (): Promise<Environment> => ({ PORT: String(await freePortPair()), DATA_DIR: freshFolder() });

/** Sends a request to the listing that the page has, or below it, with a token as the page tells to get it. */
async function askAs(account: string, environment: Environment, page: string, method = 'GET', below = '') {
  const token = (await run(['local/token.ts', account], environment)).output().trim();
  return fetch(`${listing.exec(page)?.[1]}${below}`, { method, headers: { authorization: `Bearer ${token}` } });
}

const [acme, globex] = ['100000000001', '100000000002'] as const;

async function imagesOf(account: string, environment: Environment, page: string) {
  const answer = await askAs(account, environment, page);
  return ((await answer.json()) as { images: { imageId: string; name: string; visibility: string }[] }).images;
}

/** What a start on the folder says of itself, as soon as it does. */
async function firstFacts({ DATA_DIR }: Environment): Promise<RunFacts> {
  for await (const _ of watch(DATA_DIR)) {
    const facts = factsOf(DATA_DIR);
    if (facts !== undefined) {
      return facts;
    }
  }
  throw new Error(`${DATA_DIR} is watched no more`);
}

/** The secret of an access key, as the data of a start on the folder have it. */
async function unsealedIn({ DATA_DIR }: Environment, of: { keyId: AccessKeyId; account: PrincipalId }) {
  const client = clientOf(factsOf(DATA_DIR)?.dynamodb ?? '');
  const key = await new DynamoDBStore(DynamoDBDocumentClient.from(client), localTable).accessKey(of.keyId);
  client.destroy();
  return key && unseal(key.secret, of, fileDataKeys(join(DATA_DIR, 'access-key-seal.json')));
}

/** Nothing answers where a start on the folder said it would, nobody holds the folder, and nothing says otherwise. */
async function expectNothingLeft({ PORT, DATA_DIR }: Environment, dynamodb?: string) {
  await requireFreePair(Number(PORT));
  expect(factsOf(DATA_DIR)).toBeUndefined();
  expect(await dataDirUser(DATA_DIR)).toBeUndefined();
  if (dynamodb !== undefined) {
    await expect(fetch(dynamodb)).rejects.toThrow('fetch failed');
  }
}

describe('npm start', () => {
  it('names the taken port and the variables that choose others', async () => {
    const taken = await freePortPair();
    const server = createServer().listen(taken, '127.0.0.1');
    await once(server, 'listening');

    const started = await run(['local/start.ts'], { PORT: String(taken), DATA_DIR: freshFolder() });

    expect(await started.code()).toBe(1);
    expect(started.output()).toBe(
      `Port ${taken}, for the API, is taken. Choose others with the variable PORT, and another folder with DATA_DIR: ${secondStart(taken)}\n`,
    );
    server.close();
  });

  it('names the port of the issuer where that one is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const taken = typeof address === 'object' && address !== null ? address.port : 0;

    const started = await run(['local/start.ts'], { PORT: String(taken - 1), DATA_DIR: freshFolder() });

    expect(await started.code()).toBe(1);
    expect(started.output()).toMatch(new RegExp(`Port (${taken}, for the OpenID provider|${taken - 1}, for the API), is taken`));
    server.close();
  });

  it('refuses a port that is none', async () => {
    const started = await run(['local/start.ts'], { PORT: 'http' });

    expect(await started.code()).toBe(1);
    expect(started.output()).toContain('PORT is "http"');
  });

  it('refuses regions without a policy', async () => {
    const environment = await freshEnvironment();

    const started = await run(['local/start.ts'], { ...environment, REGIONS: 'eu-1' });

    expect([await started.code(), started.output()]).toEqual([1, expect.stringContaining('"eu-1" is not region=policy')]);
    await expectNothingLeft(environment);
  });

  it('refuses an SDK protocol that it does not know', async () => {
    const environment = await freshEnvironment();

    const started = await run(['local/start.ts'], { ...environment, SDK_PROTOCOLS: 'tencent,azure' });

    expect([await started.code(), started.output()]).toEqual([1, expect.stringContaining('"azure" in SDK_PROTOCOLS is none of')]);
    await expectNothingLeft(environment);
  });

  it('refuses stand-ins that it does not have', async () => {
    const started = await run(['local/start.ts'], { ...(await freshEnvironment()), STAND_INS: 'terraform' });

    expect([await started.code(), started.output()]).toEqual([1, 'STAND_INS is "terraform"; it has to be packer, or not set.\n']);
  });

  it('answers what Packer needs with STAND_INS=packer, and says so', async () => {
    const environment = { ...(await freshEnvironment()), STAND_INS: 'packer' };

    const started = await run(['local/start.ts'], environment, listing);
    expect(started.output()).toContain('STAND-INS      STAND_INS=packer: ');
    const { accessKeyId: keyId, secret } = JSON.parse((await run(['local/keys.ts', acme], environment)).output());
    const call = { action: 'CreateVpc', parameters: { RegionId: 'cn-hangzhou' }, date: inSeconds(new Date()), nonce: 'one' };
    const { query } = rpcRequest({ key: { keyId, secret }, ...call });
    const answer = await fetch(`http://127.0.0.1:${environment.PORT}/?${query}`);

    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ VpcId: expect.any(String) })]);
    expect(await started.stop()).toBe(0);
  });

  it('prints one page of addresses, gives tokens, and has its data again after a restart', async () => {
    const environment = await freshEnvironment();

    const first = await run(['local/start.ts'], environment, listing);
    expect(first.output()).toContain('/v1/docs');
    expect(first.output()).not.toContain('STAND-INS');
    const before = await imagesOf(acme, environment, first.output());
    expect(before.map(({ visibility }) => visibility)).toEqual(['owned', 'shared']);
    expect(await first.stop()).toBe(0);

    const second = await run(['local/start.ts'], environment, listing);
    expect(await imagesOf(acme, environment, second.output())).toEqual(before);

    const third = await run(['local/start.ts'], { ...environment, PORT: String(await freePortPair()) });
    expect([await third.code(), third.output()]).toEqual([1, expect.stringContaining(`is in use by process ${second.pid}.`)]);
    const again = await run(['local/start.ts'], environment);
    expect([await again.code(), again.output()]).toEqual([
      1,
      expect.stringMatching(/Port \d+, for the API, is taken\. .*variable PORT.*DATA_DIR/),
    ]);
    expect(await second.stop()).toBe(0);
    await expectNothingLeft(environment);
  });

  it('has the regions of REGIONS and nothing else of the shell, and completes its data after it was killed', async () => {
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
    };
    const first = await run(['local/start.ts'], { ...environment, ...shell }, listing);
    expect(first.output()).toContain('/v1/regions/eu-1/images');
    const [own, shared] = await imagesOf(acme, environment, first.output());
    expect([own?.name, shared?.name]).toEqual(['web-base', 'analytics-node']);
    const { DATA_DIR, PORT } = environment;
    const checked = await run(['scripts/fsck.ts'], { DATA_DIR });
    expect([await checked.code(), checked.output()]).toEqual([0, 'Nothing is wrong.\n']);

    // As if it had been killed before the last thing was written.
    expect((await askAs(acme, environment, first.output(), 'DELETE', `/${own?.imageId}`)).status).toBe(204);
    await first.stop('SIGKILL');
    const checkedAgain = await run(['scripts/fsck.ts'], { DATA_DIR });
    expect([await checkedAgain.code(), checkedAgain.output()]).toEqual([2, expect.stringContaining('npm start does not run')]);

    const second = await run(['local/start.ts'], environment, listing);
    const [newOwn, ...others] = await imagesOf(acme, environment, second.output());
    expect([newOwn?.name, others]).toEqual(['web-base', [shared]]);
    expect(await imagesOf(globex, environment, second.output())).toHaveLength(1);
    expect(await second.stop()).toBe(0);
    await expectNothingLeft({ DATA_DIR, PORT });
  });

  it('seals secrets of access keys with the key in its folder, whatever the shell has', async () => {
    const environment = await freshEnvironment();
    const shell = { KMS_KEY_ID: 'alias/another', DATA_KEY_FILE: '/nowhere/another' };

    const started = await run(['local/start.ts'], { ...environment, ...shell }, listing);
    const { accessKeyId: keyId, secret } = JSON.parse((await run(['local/keys.ts', acme], environment)).output());

    expect(await unsealedIn(environment, { keyId, account: principal(acme) })).toBe(secret);
    expect(await started.stop()).toBe(0);
  });

  it('ends with all of its parts when a signal comes before it has started', async () => {
    const environment = await freshEnvironment();

    const started = run(['local/start.ts'], environment, /./);
    const { dynamodb } = await firstFacts(environment);
    process.kill(Number((await dataDirUser(environment.DATA_DIR))?.replace('process ', '')), 'SIGTERM');

    const { code, output } = await started;
    expect([await code(), output()]).toEqual([0, '']);
    await expectNothingLeft(environment, dynamodb);
  });

  it('ends with all of its parts when npm ends the shell that it runs in', async () => {
    const environment = await freshEnvironment();

    const shell = spawn('sh', ['-c', `"${process.execPath}" local/start.ts; exit`], {
      cwd: project,
      env: { ...process.env, ...environment, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Its output is that of all its children, and ends with the last of them.
    const ended = once(shell.stdout.resume(), 'end');
    const { dynamodb } = await firstFacts(environment);
    shell.kill('SIGTERM');

    await ended;
    await expectNothingLeft(environment, dynamodb);
  });

  it('ends with all of its parts when the demo data are refused', async () => {
    const environment = await freshEnvironment();
    const { endpoint, child } = await startEmbeddedDynamoDB();
    await ensureTable(endpoint, localTable);
    const client = clientOf(endpoint);
    await new DynamoDBStore(DynamoDBDocumentClient.from(client), localTable).commit([
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
      expect.stringMatching(/^Demo data: PUT \/accounts\/100000000001\/projects\/org-acme01 was refused: /),
    ]);
    await child.stop();
    await expectNothingLeft(environment);
  });
});

describe('npm run token', () => {
  it('says how it is used when it is not told for whom', async () => {
    const asked = await run(['local/token.ts'], {});

    expect([await asked.code(), asked.output()]).toEqual([1, expect.stringContaining('Usage: npm run -s token -- ACCOUNT')]);
  });

  it('says how it is used when it is asked', async () => {
    const asked = await run(['local/token.ts', '--help'], {});

    expect([await asked.code(), asked.output()]).toEqual([0, expect.stringMatching(/^Usage: npm run -s token -- ACCOUNT/)]);
  });

  it('names the scopes when it is asked for another', async () => {
    const asked = await run(['local/token.ts', acme, '--scope', 'bogus'], {});

    expect([await asked.code(), asked.output()]).toEqual([
      1,
      'There is no scope "bogus". The scopes are image-share, image-share:compute, image-share:operator.\n',
    ]);
  });

  it('says that nothing runs when nothing runs', async () => {
    const asked = await run(['local/token.ts', acme], { PORT: String(await freePortPair()) });

    expect([await asked.code(), asked.output()]).toEqual([1, expect.stringContaining('Run npm start first')]);
  });
});

describe('npm run fsck', () => {
  it('says how it is used when it is asked', async () => {
    const asked = await run(['scripts/fsck.ts', '--help'], {});

    expect([await asked.code(), asked.output()]).toEqual([0, expect.stringMatching(/^Usage: npm run -s fsck/)]);
  });

  it.each([
    ['--mend', "Unknown option '--mend'. npm run -s fsck -- --help shows how it is used.\n"],
    ['all', "Unexpected argument 'all'. npm run -s fsck -- --help shows how it is used.\n"],
  ])('refuses %s in one line', async (argument, line) => {
    const asked = await run(['scripts/fsck.ts', argument], {});

    expect([await asked.code(), asked.output()]).toEqual([2, line]);
  });
});
