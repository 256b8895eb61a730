/** Fails where a word that the API and the texts no longer use comes back. `npm run check:static` runs it. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Term {
  readonly word: RegExp;
  readonly use: string;
  /** Files in which it is looked for; all that are checked where absent. */
  readonly files?: RegExp;
}

const terms: readonly Term[] = [
  { word: /\b\w*(?<![Pp]lace)[Hh]older\w*/g, use: 'principal; in texts "account or project"' },
  { word: /(?<![\w.])labels\b|\b(image|source|details|edit)\.labels?\b|[?&]label=/g, use: 'tags' },
  { word: /\blabel\b/g, use: 'tag', files: /^(lib|functions)\/|^docs\// },
  { word: /\b\w*[Ii]nitialis\w*/g, use: 'initialize' },
  {
    word: /\bended (image|entry|entries)\b|\bendedAt\b|\bendedEntries\b|\bimages? (that|which) (has |have )?ended\b/g,
    use: 'deleted, expired',
  },
  { word: /\b\w*(recognis|serialis|normalis|authoris|summaris)\w*/gi, use: 'the spelling with z' },
  { word: /\b(catalogue|colour|behaviour|neighbour|favour|honour|licence)\w*/gi, use: 'the US spelling' },
];

/** Where a word stays: names in the table, words of clouds, HTML and the console's old URLs. */
const allowed: readonly (readonly [file: RegExp, line: RegExp])[] = [
  [/^lib\/table\/items\/(image|instance|record|task)\.ts$/, /holder|labels|endedAt/],
  [/^lib\/table\/schema\.ts$|^docs\/table\.md$/, /HOLDER#/],
  [/^console\/src\/access-checker\/access-check\.ts$/, /holder/],
  [/^lib\/sdk\/tencent\/signature-v3\.ts$/, /label of the endpoint/],
  [/^CHANGELOG\.md$/, /is now|are now/],
];

const checked = /^(lib|functions|console\/src|docs)\/.*\.(ts|tsx|md)$|^(README|CHANGELOG)\.md$|^serverless\.yml$/;

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => checked.test(file) && existsSync(file));

for (const file of files) {
  for (const [at, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (allowed.some(([where, what]) => where.test(file) && what.test(line))) {
      continue;
    }
    for (const { word, use, files: among } of terms) {
      const found = among === undefined || among.test(file) ? line.match(word) : null;
      if (found !== null) {
        console.error(`${file}:${at + 1}: "${found.join('", "')}": use ${use}`);
        process.exitCode = 1;
      }
    }
  }
}
