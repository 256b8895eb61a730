import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir, processUsing } from '../../local/data-dir-lock.ts';

/** Starts another process that locks the folder on a platform, until it is killed. */
async function lockInOtherProcess(folder: string, platform: string) {
  const code = `
    Object.defineProperty(process, 'platform', { value: '${platform}' });
    const { lockDataDir } = await import(${JSON.stringify(new URL('../../local/data-dir-lock.ts', import.meta.url).href)});
    await lockDataDir(process.argv[1]);
    console.log('locked');
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

describe.each(['linux', 'darwin'])('lockDataDir on %s', (platform) => {
  const original = process.platform;
  let folder = '';

  beforeEach(() => {
    Object.defineProperty(process, 'platform', { value: platform });
    folder = mkdtempSync(join(tmpdir(), 'image-share-lock-'));
  });

  afterEach(() => {
    Object.defineProperty(process, 'platform', { value: original });
    rmSync(folder, { recursive: true });
  });

  it('lets one process lock a folder, until it releases it', async () => {
    const release = await lockDataDir(folder);
    expect(await lockDataDir(folder)).toBeUndefined();
    expect(await processUsing(folder)).toBe(`process ${process.pid}`);

    await release?.();

    expect(await processUsing(folder)).toBeUndefined();
    await (await lockDataDir(folder))?.();
  });

  it('lets another process lock it after the first one was killed', async () => {
    const other = await lockInOtherProcess(folder, platform);
    expect(await lockDataDir(folder)).toBeUndefined();
    expect(await processUsing(folder)).toBe(`process ${other.pid}`);
    const exited = once(other, 'exit');
    other.kill('SIGKILL');
    await exited;

    const release = await lockDataDir(folder);

    expect(release).toBeDefined();
    await release?.();
  });
});
