/** `npm run mutation [-- [--force] [FILE...]]`: changes the code in many small ways and shows which changes no test notices. */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { LogLevel, MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { exitWith, parseOptions } from '../../local/options.ts';
import startServers, { stopServers } from '../support/start-servers.ts';
import { codePaths, scopes } from './scopes.ts';
import { compareSurvivors, Mutant } from './survivors.ts';
import { TypeCheck } from './type-check.ts';

const usage = `Usage: npm run -s mutation [-- [--force] [FILE...]]
FILE is a file or a pattern, such as lib/rules/access.ts. Default: ${scopes.map(({ code }) => code).join(', ')}.
--force also runs the mutants again whose code and tests haven't changed since the last run.
Exit codes: 0 the mutants that survive are those of test/mutation/survivors.yaml, 1 they aren't, 2 they could not be run.`;

const folder = '.mutation';
const plugin = (name: string) => join(import.meta.dirname, name);

type Result = MutantResult & { readonly survives: boolean };

await exitWith(main);

/** Returns the exit code. */
async function main(): Promise<number> {
  const { values, positionals } = parseOptions(
    { allowPositionals: true, options: { help: { type: 'boolean' }, force: { type: 'boolean' } } },
    'npm run -s mutation',
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const asked = positionals.length === 0 ? undefined : globSync(positionals);
  const files = scopes.map(({ code }) => codePaths(code).filter((file) => asked?.includes(file) ?? true));
  if (files.flat().length === 0) {
    throw new Error(usage);
  }
  const results: Result[] = [];
  try {
    for (const [scope, ofScope] of files.entries()) {
      results.push(...(ofScope.length === 0 ? [] : await run(scope, ofScope, values.force === true)));
    }
  } finally {
    await stopServers();
  }
  print(results);
  const survivors = results.filter(({ survives }) => survives).map((result) => new Mutant(result).name);
  const { unlisted, outdated } = compareSurvivors(survivors, files.flat());
  report('No test notices these mutants. Add a test, remove code, or list them with a reason:', unlisted);
  report('These mutants are listed, but none of them survives. Remove them from the list:', outdated);
  return unlisted.length + outdated.length === 0 ? 0 : 1;
}

async function run(scope: number, files: readonly string[], force: boolean): Promise<Result[]> {
  process.env['MUTATION_SCOPE'] = String(scope);
  const { tables = false, servers = false } = scopes[scope] ?? {};
  if (servers) {
    // The processes that run the tests inherit the address of the servers.
    await startServers();
  }
  const results = await new Stryker({
    mutate: [...files],
    plugins: [plugin('in-process-runner.ts'), plugin('ignore-prose.ts')],
    testRunner: 'in-process',
    coverageAnalysis: 'perTest',
    ignorers: ['prose'],
    ignoreStatic: !tables,
    concurrency: Math.max(1, Math.min(2, availableParallelism() - 1)),
    // Only ends mutants that wait for something that never happens. Endless loops are found by counting.
    timeoutMS: 60_000,
    incremental: true,
    // Which tests run code while modules are loaded isn't known, so it isn't known either which new tests matter to it.
    force: force || tables,
    incrementalFile: `${folder}/${scope}.json`,
    tempDirName: `${folder}/sandbox`,
    ignorePatterns: [folder, '/console/dist', '/coverage'],
    reporters: ['progress', 'html'],
    htmlReporter: { fileName: `${folder}/${scope}.html` },
    logLevel: 'warn' as LogLevel,
  }).runMutationTest();
  const types = new TypeCheck();
  return results
    .map((result) => ({ ...result, fileName: relative('.', result.fileName) }))
    .filter(({ status }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status))
    .map((result) => ({ ...result, survives: isMissed(result) && types.compiles(new Mutant(result)) }));
}

function isMissed({ status }: MutantResult): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

/** Prints a row for each folder. */
function print(results: readonly Result[]): void {
  const folders = [...new Set(results.map(({ fileName }) => dirname(fileName)))].toSorted();
  const rows = folders.map((name) => {
    const mutants = results.filter(({ fileName }) => dirname(fileName) === name);
    const survived = mutants.filter(({ survives }) => survives).length;
    const killed = mutants.length - survived;
    return [name, mutants.length, killed, survived, `${((killed / mutants.length) * 100).toFixed(1)} %`].map(String);
  });
  const table = [['folder', 'mutants', 'killed', 'survived', 'score'], ...rows];
  const width = Math.max(...table.map(([name = '']) => name.length));
  for (const [name = '', ...numbers] of table) {
    console.log(`${name.padEnd(width)}  ${numbers.map((number) => number.padStart(8)).join('  ')}`);
  }
}

function report(title: string, names: readonly string[]): void {
  if (names.length > 0) {
    console.log([`\n${title}`, ...[...new Set(names)].map((name) => `  - ${JSON.stringify(name)}`)].join('\n'));
  }
}
