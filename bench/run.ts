/** `npm run bench [-- [--quick] [--out FOLDER] [PART...]]`: measures the service. See docs/performance.md. */
import { join } from 'node:path';
import { parseOptions } from '../local/options.ts';
import { goalsTable, textTable } from './format.ts';
import { machine } from './machine.ts';
import { parts } from './parts.ts';
import { type Results, writeResults } from './results.ts';

const usage = `Usage: npm run -s bench [-- [--quick] [--out FOLDER] [PART...]]
Measures the service on this machine and prints tables. Parts: ${Object.keys(parts).join(', ')}. Default: all.
A complete run writes its results to bench/results. --out writes those of any run to a folder.
--quick only shows that everything works, within a minute.
Exit codes: 0 done, 1 a call failed or the load left an inconsistent table.`;

const { values, positionals } = parseOptions(
  {
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  },
  'npm run -s bench',
);
if (values.help) {
  console.log(usage);
  process.exit();
}
const unknown = positionals.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`There is no part ${unknown}.\n${usage}`);
  process.exit(1);
}

// Before the first module that logs.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';
const startedAt = new Date();
const isQuick = values.quick === true;
const progress = (text: string) => process.stderr.write(`${text}\n`);
const measured: Results['parts'][number][] = [];
const about = machine();
for (const [name, load] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) {
    continue;
  }
  const part = await load();
  progress(`${name}: ${part.title}`);
  const result = await part.run({ isQuick, progress: (text) => progress(`${name}: ${text}`) });
  measured.push({ name, title: part.title, about: part.about, ...result });
  for (const table of result.tables) {
    console.log(`\n${textTable(table)}\n`);
  }
}
const goals = measured.flatMap((part) => part.goals ?? []);
if (goals.length > 0) {
  console.log(`\n${textTable(goalsTable(goals))}\n`);
}
const problems = measured.flatMap((part) => part.problems ?? []);
for (const problem of problems) {
  console.error(`Problem: ${problem}`);
}
const results: Results = {
  at: startedAt.toISOString(),
  minutes: Math.round((Date.now() - startedAt.getTime()) / 6_000) / 10,
  machine: about,
  parts: measured,
};
const isComplete = positionals.length === 0 && !isQuick;
const folder = values.out ?? (isComplete ? join(import.meta.dirname, 'results') : undefined);
if (folder === undefined) {
  console.log('Not saved, because the run is not complete. To save it, use --out.');
} else {
  writeResults(folder, results);
  console.log(`Saved to ${folder}`);
}
process.exit(problems.length === 0 ? 0 : 1);
