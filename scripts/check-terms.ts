/** Fails if a file contains a term that the API and the texts no longer use. Part of `npm run check:static`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

interface Term {
  readonly word: RegExp;
  readonly use: string;
  /** The files to search. Default: those of the product and its docs. */
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
  { word: /\b(whoever|whomever|meanwhile|thereof|anew|nought|swept)\b/gi, use: 'plain English', files: /\.(ts|tsx|md)$/ },
  { word: /\b(answers|answered|answering)\b/g, use: 'responds, returns', files: /^(lib|functions|local)\// },
  { word: /\b(catalogue|colour|behaviour|neighbour|favour|honour|licence)\w*/gi, use: 'the US spelling' },
];

/** Lines that can contain a term: names in the table, the clouds' own words, and the console's old URLs. */
const exceptions: readonly (readonly [file: RegExp, line: RegExp])[] = [
  [/^lib\/table\/items\/(image|instance|record|task)\.ts$/, /holder|labels|endedAt/],
  [/^lib\/table\/schema\.ts$|^docs\/table\.md$/, /HOLDER#|`(holder|endedAt|labels)`/],
  [/^console\/src\/access-checker\/access-check\.ts$/, /holder/],
  [/^lib\/sdk\/tencent\/signature-v3\.ts$/, /label of the endpoint/],
  [/^scripts\/check-terms\.ts$/, /plain English/],
  [/^CHANGELOG\.md$/, /is now|are now/],
];

const product = /^(lib|functions|local|bench|console\/src|docs)\/.*\.(ts|tsx|md)$|^(README|CHANGELOG)\.md$|^serverless\.yml$/;
const checked = new RegExp(`${product.source}|^(scripts|test)/.*\\.ts$`);

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => checked.test(file) && existsSync(file));

for (const file of files) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (exceptions.some(([filePattern, linePattern]) => filePattern.test(file) && linePattern.test(line))) {
      continue;
    }
    for (const { word, use, files: filePattern = product } of terms) {
      const matches = filePattern.test(file) ? line.match(word) : null;
      if (matches !== null) {
        console.error(`${file}:${index + 1}: "${matches.join('", "')}": use ${use}`);
        process.exitCode = 1;
      }
    }
  }
}
