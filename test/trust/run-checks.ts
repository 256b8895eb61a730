/** Runs the checks that the command line names, and prints a table. */
import { inspect } from 'node:util';
import { parseOptions } from '../../local/options.ts';
import startServers, { stopServers } from '../support/start-servers.ts';

const usage = `Usage: npm run -s trust [-- [--deep] [--crashes COUNT] [NAME...]]
Runs the checks whose names contain a NAME, or all of them. Prints their rounds and violations.
--deep runs a million histories and takes hours.
--crashes is how often parts of npm start are killed. Default: 50.
Exit codes: 0 all as expected, 1 otherwise.`;

/** Sets the exit code of the process. `before` runs before each check. */
export async function runChecks(before: () => Promise<void> = async () => {}): Promise<void> {
  const { values, positionals } = parseOptions(
    {
      allowPositionals: true,
      options: { deep: { type: 'boolean', default: false }, crashes: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    },
    'npm run -s trust',
  );
  if (values.help === true) {
    console.log(usage);
    return;
  }
  process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';
  await startServers();
  const { checksOf } = await import('./checks.ts');
  const { checks, stop } = checksOf(values.deep === true ? 'deep' : 'full', Number(values.crashes ?? 50));
  const chosen = checks.filter(({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)));
  const width = Math.max(...chosen.map(({ name }) => name.length));
  console.log(`${'check'.padEnd(width)}  ${'rounds'.padStart(9)}  violations`);
  try {
    for (const { name, mustFail = false, run } of chosen) {
      await before();
      const { rounds, violations } = await run();
      const isAsExpected = mustFail === violations.length > 0;
      const remark = mustFail ? ' (expected: something is wrong on purpose)' : '';
      console.log(`${name.padEnd(width)}  ${String(rounds).padStart(9)}  ${violations.length}${remark}`);
      if (!isAsExpected) {
        process.exitCode = 1;
        console.log(inspect(violations[0] ?? 'No violation was found.', { depth: null }));
      }
    }
  } finally {
    await stop();
    await stopServers();
  }
}
