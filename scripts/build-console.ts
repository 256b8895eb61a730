/**
 * `npm run console:build`: builds the console in console/dist, with compressed copies of its files. Fails if a file is too
 * large for a Lambda response, or if the first load is too large.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { build } from 'vite';
import { consoleDist, sourcesHash, sourcesHashFile } from '../local/console-sources.ts';
import { apiTypes, apiTypesFile } from './api-types.ts';

/** Lambda responses are limited to 6 MB, and base64 turns three bytes into four. */
const fileBytesMax = 4_000_000;
/** For index.html and every file that it references, compressed. */
const firstLoadBytesMax = 500_000;
/** A copy is stored only if it is at least 5 % smaller than its file. Images and fonts are already compressed. */
const copyRatioMax = 0.95;

const project = join(import.meta.dirname, '..');
const draft = join(project, 'node_modules/.cache', `console-${process.pid}`);

// Must be set before React is bundled, because the parent process can have a different value, as jest does.
process.env['NODE_ENV'] = 'production';

try {
  const types = await apiTypes();
  if (readFileSync(join(project, apiTypesFile), 'utf8') !== types) {
    writeFileSync(join(project, apiTypesFile), types);
  }
  const sources = sourcesHash();
  mkdirSync(dirname(draft), { recursive: true });
  await build({
    configFile: join(project, 'console/vite.config.ts'),
    configLoader: 'native',
    logLevel: 'error',
    build: { outDir: draft, emptyOutDir: true, chunkSizeWarningLimit: fileBytesMax / 1_000 },
  });
  const files = readdirSync(draft, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const sizes = new Map(files.map((file) => [relative(draft, file).replaceAll(sep, '/'), writeCompressedCopies(file)]));
  const firstLoad = firstLoadOf(readFileSync(join(draft, 'index.html'), 'utf8'));
  const firstLoadBytes = firstLoad.reduce((sum, name) => sum + (sizes.get(name)?.sentBytes ?? Number.NaN), 0);

  for (const [name, { bytes }] of sizes) {
    if (bytes > fileBytesMax) {
      fail(`${name} has ${bytes} bytes. The limit for a Lambda response is ${fileBytesMax}.`);
    }
  }
  if (!(firstLoadBytes <= firstLoadBytesMax)) {
    fail(`The first load (${firstLoad.join(', ')}) has ${firstLoadBytes} bytes compressed. The limit is ${firstLoadBytesMax}.`);
  }
  if (process.exitCode === undefined) {
    writeFileSync(join(draft, sourcesHashFile), sources);
    publishDraft();
    console.log(`console/dist: ${sizes.size} files, first load ${Math.ceil(firstLoadBytes / 1_000)} KB.`);
  }
} finally {
  rmSync(draft, { recursive: true, force: true });
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}

/** Writes compressed copies next to a file. Returns the sizes of the file and of the smallest copy. */
function writeCompressedCopies(file: string): { bytes: number; sentBytes: number } {
  const content = readFileSync(file);
  const copies = {
    br: brotliCompressSync(content, { params: { [zlib.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: gzipSync(content, { level: 9 }),
  };
  const worthwhile = Object.entries(copies).filter(([, copy]) => copy.length < content.length * copyRatioMax);
  for (const [suffix, copy] of worthwhile) {
    writeFileSync(`${file}.${suffix}`, copy);
  }
  return { bytes: content.length, sentBytes: Math.min(content.length, ...worthwhile.map(([, copy]) => copy.length)) };
}

/** Returns the files of the first load: index.html, its scripts, what they import statically, and its styles. */
function firstLoadOf(html: string): string[] {
  const references = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/console\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  );
  return ['index.html', ...new Set(references)];
}

/** Replaces the previous build. If two builds do this at the same time, both are complete, and the last one wins. */
function publishDraft(): void {
  for (let triesLeft = 10; ; triesLeft -= 1) {
    rmSync(consoleDist, { recursive: true, force: true });
    try {
      renameSync(draft, consoleDist);
      return;
    } catch (failure) {
      if (triesLeft === 0 || !['ENOTEMPTY', 'EEXIST'].includes((failure as NodeJS.ErrnoException).code ?? '')) {
        throw failure;
      }
    }
  }
}
