import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A path below one of the project's folders. Ends before a placeholder: at `lib/sdk/` in `lib/sdk/<cloud>/`. */
const path = /(?<![\w./-])(?:bench|console|docs|functions|lib|local|scripts|test)\/[\w./{},-]*[\w/}]/g;
const docsPath = /(?<![\w./-])docs\/[\w/-]+\.md\b/g;
const link = /\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g;

/** Exists only after a build. */
const built = /^console\/dist\b/;

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' }).split('\n');
/** The changelog also names files of earlier versions. */
const documents = tracked.filter((file) => /^(docs\/.*|[A-Z]+)\.md$/.test(file) && file !== 'CHANGELOG.md' && existsSync(file));
const sources = tracked.filter((file) => /\.(ts|tsx|yml)$/.test(file) && existsSync(file));

/** Returns the references to files and headings that don't exist, in the docs and in comments that name a doc. */
export function brokenReferences(): string[] {
  return [
    ...documents.flatMap((file) => {
      const text = readFileSync(file, 'utf8').replaceAll('<br>', '\n');
      return [...brokenPaths(text, path), ...brokenLinks(file, text)].map((reference) => `${file}: ${reference}`);
    }),
    ...sources.flatMap((file) => brokenPaths(readFileSync(file, 'utf8'), docsPath).map((reference) => `${file}: ${reference}`)),
  ];
}

const brokenPaths = (text: string, pattern: RegExp): string[] =>
  (text.match(pattern) ?? [])
    .flatMap(expanded)
    .filter((name) => !built.test(name) && !(existsSync(name) && (!name.endsWith('/') || statSync(name).isDirectory())));

/** Expands the first braces, if any: `test/{app,auth}/` to `test/app/` and `test/auth/`. */
function expanded(name: string): string[] {
  const [, before = name, alternatives, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  return alternatives === undefined ? [before] : alternatives.split(',').map((one) => `${before}${one}${after}`);
}

const brokenLinks = (file: string, text: string): string[] =>
  [...text.matchAll(link)].flatMap(([, target = '', heading]) => {
    const targetFile = target === '' ? file : join(dirname(file), target);
    const isBroken = !existsSync(targetFile) || (heading !== undefined && !headingsOf(targetFile).includes(heading));
    return isBroken ? [`${target}${heading === undefined ? '' : `#${heading}`}`] : [];
  });

/** The anchors of a document's headings, as GitHub creates them. */
const headingsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Returns the npm scripts that a doc names but package.json doesn't have, and those that CONTRIBUTING.md doesn't name. */
export function brokenCommands(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = (file: string): string[] =>
    [...readFileSync(file, 'utf8').matchAll(/\bnpm (?:run (?:-s )?)?(?!ci\b|run\b)([a-z][\w:-]*)/g)].flatMap(
      ([, name = '']) => name,
    );
  const contributing = new Set(named('CONTRIBUTING.md'));
  return [
    ...documents.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)]
        .filter(([, name = '']) => !Object.hasOwn(scripts, name))
        .map(([command]) => `${file}: ${command}`),
    ),
    ...Object.keys(scripts)
      .filter((name) => !contributing.has(name))
      .map((name) => `CONTRIBUTING.md: the description of npm run ${name}`),
  ];
}
