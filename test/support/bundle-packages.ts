/**
 * Jest loads every module again for each test file. Packages of many modules are bundled once, in the temporary folder as
 * jest's own cache, so that each is loaded as a single module: this saves a fifth of the time of small test files.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const modules = join(import.meta.dirname, '../../node_modules');

/** Bundles packages of ES modules, and returns jest's `moduleNameMapper` for them. */
export async function bundlePackages(names: readonly string[]): Promise<Record<string, string>> {
  const versions = [...names, 'esbuild'].map((name) => readFileSync(join(modules, name, 'package.json')));
  const hash = versions
    .reduce((sum, version) => sum.update(version), createHash('sha256'))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), `image-share-test-packages-${hash}`);
  if (!existsSync(folder)) {
    const draft = `${folder}-${process.pid}`;
    mkdirSync(draft, { recursive: true });
    await build({
      entryPoints: Object.fromEntries(names.map((name) => [name, name])),
      absWorkingDir: modules,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      outdir: draft,
      outExtension: { '.js': '.mjs' },
      logLevel: 'error',
    });
    try {
      renameSync(draft, folder);
    } catch {
      // Another run has just built the same.
      rmSync(draft, { recursive: true });
    }
  }
  return Object.fromEntries(names.map((name) => [`^${name}$`, join(folder, `${name}.mjs`)]));
}
