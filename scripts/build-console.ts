/**
 * `npm run console:build`: builds the console to console/dist, with compressed copies beside its files. Fails when a file is
 * too large for an answer of Lambda, or when what a browser loads at once is.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { build } from 'vite';
import { consoleFolder, sourcesFile, sourcesHash } from '../local/console-sources.ts';
import { apiTypes, apiTypesFile } from './api-types.ts';

/** An answer of Lambda holds 6 MB, and base64 makes four bytes of three. */
const fileBytesMax = 4_000_000;
/** Of index.html and all that it names, compressed. */
const firstLoadBytesMax = 500_000;
/** A copy has to be so much smaller than its file: pictures and fonts are compressed already. */
const copyShareMax = 0.95;

const project = join(import.meta.dirname, '..');
const draft = join(project, 'node_modules/.cache', `console-${process.pid}`);

// Before React is bundled: whoever starts this may have another one set, as jest has.
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
  const sizes = new Map(files.map((file) => [relative(draft, file).replaceAll(sep, '/'), compressed(file)]));
  const firstLoad = firstLoadOf(readFileSync(join(draft, 'index.html'), 'utf8'));
  const firstLoadBytes = firstLoad.reduce((sum, name) => sum + (sizes.get(name)?.sent ?? Number.NaN), 0);

  for (const [name, { bytes }] of sizes) {
    if (bytes > fileBytesMax) {
      fail(`${name} has ${bytes} bytes; Lambda can answer with ${fileBytesMax}.`);
    }
  }
  if (!(firstLoadBytes <= firstLoadBytesMax)) {
    fail(`${firstLoad.join(', ')} have ${firstLoadBytes} bytes compressed; a first load may have ${firstLoadBytesMax}.`);
  }
  if (process.exitCode === undefined) {
    writeFileSync(join(draft, sourcesFile), sources);
    putInPlace();
    console.log(`console/dist: ${sizes.size} files; a first load has ${Math.ceil(firstLoadBytes / 1_000)} KB.`);
  }
} finally {
  rmSync(draft, { recursive: true, force: true });
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}

/** Puts compressed copies beside the file, and says how large it is and how much of it is sent. */
function compressed(file: string): { bytes: number; sent: number } {
  const content = readFileSync(file);
  const copies = {
    br: brotliCompressSync(content, { params: { [zlib.BROTLI_PARAM_SIZE_HINT]: content.length } }),
    gz: gzipSync(content, { level: 9 }),
  };
  const worthwhile = Object.entries(copies).filter(([, copy]) => copy.length < content.length * copyShareMax);
  for (const [suffix, copy] of worthwhile) {
    writeFileSync(`${file}.${suffix}`, copy);
  }
  return { bytes: content.length, sent: Math.min(content.length, ...worthwhile.map(([, copy]) => copy.length)) };
}

/** The page and what it makes a browser load at once: its scripts, what they import, and its styles. */
function firstLoadOf(html: string): string[] {
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="\/console\/([^"]+)"/g)].map(([, name = '']) => name);
  return ['index.html', ...new Set(named)];
}

/** Takes the place of the build before. Another build may do the same at this moment: both are whole, and the last one stays. */
function putInPlace(): void {
  for (let triesLeft = 10; ; triesLeft -= 1) {
    rmSync(consoleFolder, { recursive: true, force: true });
    try {
      renameSync(draft, consoleFolder);
      return;
    } catch (failure) {
      if (triesLeft === 0 || !['ENOTEMPTY', 'EEXIST'].includes((failure as NodeJS.ErrnoException).code ?? '')) {
        throw failure;
      }
    }
  }
}
