import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goalsTable, markdownTable } from './format.ts';
import type { Machine } from './machine.ts';
import type { PartResult } from './part.ts';
import { plotOf } from './plot.ts';

/** Everything that a run measured. */
export interface Results {
  /** When it started. */
  readonly at: string;
  readonly minutes: number;
  readonly machine: Machine;
  readonly parts: readonly (PartResult & { readonly name: string; readonly title: string; readonly about: string })[];
}

/** Writes a file with the figures, a page about them, and the plots, which replace those of the last run. */
export function writeResults(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.svg'))) {
    rmSync(join(folder, file));
  }
  const tables = results.parts.flatMap((part) => part.tables);
  for (const table of tables) {
    const plot = plotOf(table);
    if (plot !== undefined) {
      writeFileSync(join(folder, `${table.name}.svg`), plot);
    }
  }
  const file = `${results.at.slice(0, 10)}.json`;
  writeFileSync(join(folder, file), `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(join(folder, 'README.md'), page(results, file));
}

function page({ at, minutes, machine, parts }: Results, file: string): string {
  const goals = parts.flatMap((part) => part.goals ?? []);
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return `# Results of the benchmark

Written by \`npm run bench\`. [Performance](../../docs/performance.md) explains what is measured and how to run it.

The last run was on ${at.slice(0, 10)} and took ${minutes} minutes; its figures are also in [${file}](${file}). Absolute times depend
on the machine. What is compared was measured in turns, in the same run.

| machine | |
| --- | --- |
| CPU | ${machine.cpu}, ${machine.cores} cores |
| memory | ${machine.memoryGiB} GiB |
| system | ${machine.system} |
| versions | ${versions.join(', ')} |
| revision | ${machine.revision} |
| load before the run | ${machine.loadBefore} |
${goals.length === 0 ? '' : `\n## Goals\n\n${markdownTable(goalsTable(goals))}\n`}${parts.map(section).join('')}`;
}

function section({ title, about, tables, problems = [] }: Results['parts'][number]): string {
  const found = problems.length === 0 ? [] : [`Problems: ${problems.join('; ')}`];
  const drawn = tables.flatMap((table) => [
    `### ${table.title}`,
    ...(table.plot === undefined ? [] : [`![${table.title}](${table.name}.svg)`]),
    markdownTable(table),
    ...(table.note === undefined ? [] : [table.note]),
  ]);
  return `\n${[`## ${title}`, about, ...found, ...drawn].join('\n\n')}\n`;
}
