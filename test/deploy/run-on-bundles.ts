/**
 * `npm run test:bundles [-- PATH...]`: packages the functions, and runs tests against a service that consists of the bundles
 * instead of the sources. Default: those with the clouds' SDKs, and the scenarios over HTTP.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { unzip } from '../support/zip.ts';

const project = join(import.meta.dirname, '../..');
/** In the project, because serverless-offline doesn't run functions outside of it. */
const bundles = '.bundles';
const paths = process.argv.length > 2 ? process.argv.slice(2) : ['test/official-sdks', 'test/scenarios/http.test.ts'];

const packages = mkdtempSync(join(tmpdir(), 'image-share-package-'));
try {
  process.exitCode = packaged() ? tested() : 2;
} finally {
  rmSync(packages, { recursive: true });
  rmSync(join(project, bundles), { recursive: true, force: true });
}

function packaged(): boolean {
  const serverless = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
  const { status } = spawnSync(process.execPath, [serverless, 'package', '--package', packages], {
    cwd: project,
    stdio: 'inherit',
  });
  for (const zip of readdirSync(packages).filter((file) => file.endsWith('.zip'))) {
    unzip(join(packages, zip), join(project, bundles, basename(zip, '.zip')));
  }
  return status === 0;
}

function tested(): number {
  const { status } = spawnSync('npm', ['test', '--', ...paths], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, BUNDLES: bundles },
    shell: process.platform === 'win32',
  });
  return status ?? 1;
}
