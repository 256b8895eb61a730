import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');

/** The folder of the built console. */
export const consoleDist = join(root, 'console/dist');

/** The file in a build's folder that contains the hash of its sources. */
export const sourcesHashFile = '.sources';

const buildInputs = ['package-lock.json', 'scripts/build-console.ts'];

/** Returns a hash of everything that a console build depends on. */
export function sourcesHash(): string {
  const sources = readdirSync(join(root, 'console'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)))
    .filter((file) => !file.startsWith(join('console/dist/')));
  const hash = createHash('sha256');
  for (const file of [...sources, ...buildInputs].sort()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** Whether the console was built from the current sources. */
export function isConsoleUpToDate(): boolean {
  const file = join(consoleDist, sourcesHashFile);
  return existsSync(file) && readFileSync(file, 'utf8') === sourcesHash();
}
