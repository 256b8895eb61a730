import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePortPair } from '../../local/ports.ts';
import { origin } from '../support/servers.ts';

const project = new URL('../..', import.meta.url).pathname;
const folders: string[] = [];
const freshFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-start-'));
  folders.push(folder);
  return folder;
};

afterAll(() => {
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
  const ended = once(child, 'exit');
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
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      return code as number;
    },
    code: async () => (await ended)[0] as number,
  };
}

const listing = /curl -s (http\S+) -H/;

describe('npm start', () => {
  it('names the taken port and the variable that chooses it', async () => {
    const taken = Number(new URL(origin()).port);

    const started = await run(['local/start.ts'], { PORT: String(taken), DATA_DIR: freshFolder() });

    expect(await started.code()).toBe(1);
    expect(started.output()).toContain(`Port ${taken}, for the API, is taken`);
    expect(started.output()).toContain('PORT=');
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

  it('prints one page of addresses, gives tokens, and has its data again after a restart', async () => {
    const environment = { PORT: String(await freePortPair()), DATA_DIR: freshFolder() };
    const list = async (page: string) => {
      const token = (await run(['local/token.ts', '100000000001'], environment, /\n/)).output().trim();
      const answer = await fetch(listing.exec(page)?.[1] ?? '', { headers: { authorization: `Bearer ${token}` } });
      return (await answer.json()) as { images: { imageId: string; visibility: string }[] };
    };

    const first = await run(['local/start.ts'], environment, listing);
    expect(first.output()).toContain('/v1/docs');
    const before = await list(first.output());
    expect(before.images.map(({ visibility }) => visibility)).toEqual(['owned', 'shared']);
    const checked = await run(['scripts/fsck.ts'], environment);
    expect([checked.output(), await checked.code()]).toEqual(['Nothing is wrong.\n', 0]);
    expect(await first.stop()).toBe(0);

    const second = await run(['local/start.ts'], environment, listing);
    expect(await list(second.output())).toEqual(before);

    const third = await run(['local/start.ts'], { ...environment, PORT: String(await freePortPair()) });
    expect([await third.code(), third.output()]).toEqual([1, expect.stringContaining('are in use by process')]);
    expect(await second.stop()).toBe(0);
  });
});

describe('npm run token', () => {
  it('says how it is used when it is not told for whom', async () => {
    const asked = await run(['local/token.ts'], {});

    expect([await asked.code(), asked.output()]).toEqual([1, expect.stringContaining('Usage: npm run -s token -- ACCOUNT')]);
  });

  it('says that nothing runs when nothing runs', async () => {
    const asked = await run(['local/token.ts', '100000000001'], { PORT: String(await freePortPair()) });

    expect([await asked.code(), asked.output()]).toEqual([1, expect.stringContaining('Run npm start first')]);
  });
});
