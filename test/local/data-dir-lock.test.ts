import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataDirUser, lockDataDir } from '../../local/data-dir-lock.ts';

/** Another process that holds the folder on such a system, until it is killed. */
async function otherPrincipal(folder: string, platform: string) {
  const code = `
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    const { lockDataDir } = await import(${JSON.stringify(new URL('../../local/data-dir-lock.ts', import.meta.url).href)});
    await lockDataDir(process.argv[1]);
    console.log('holds');
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe.each(['linux', 'darwin'])('hold, on %s', (platform) => {
  const original = process.platform;
  let folder = '';

  beforeEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    folder = mkdtempSync(join(tmpdir(), 'image-share-hold-'));
  });

  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: original });
    rmSync(folder, { recursive: true });
  });

  it('lets one process have a folder, until it releases it', async () => {
    const release = await lockDataDir(folder);
    expect(await lockDataDir(folder)).toBeUndefined();
    expect(await dataDirUser(folder)).toBe(`process ${process.pid}`);

    await release?.();

    expect(await dataDirUser(folder)).toBeUndefined();
    await (await lockDataDir(folder))?.();
  });

  it('lets the next process have it when the one that had it was killed', async () => {
    const other = await otherPrincipal(folder, platform);
    expect(await lockDataDir(folder)).toBeUndefined();
    expect(await dataDirUser(folder)).toBe(`process ${other.pid}`);
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;

    const release = await lockDataDir(folder);

    expect(release).toBeDefined();
    await release?.();
  });
});
