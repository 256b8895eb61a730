import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const project = join(import.meta.dirname, '..');

/** Where the console is built to. */
export const consoleFolder = join(project, 'console/dist');

/** Says in the folder of a build what it was made of. */
export const sourcesFile = '.sources';

const madeWith = ['package-lock.json', 'scripts/build-console.ts'];

/** A hash of everything that the console is made of and with. */
export function sourcesHash(): string {
  const own = readdirSync(join(project, 'console'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(project, join(parentPath, name)))
    .filter((file) => !file.startsWith(join('console/dist/')));
  const hash = createHash('sha256');
  for (const file of [...own, ...madeWith].sort()) {
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(project, file)))
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** Whether the console was built of the sources as they are now. */
export function isConsoleFresh(): boolean {
  const file = join(consoleFolder, sourcesFile);
  return existsSync(file) && readFileSync(file, 'utf8') === sourcesHash();
}
