import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The parts of jest's JSON report that are used here. */
interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Runs `npm test` with these arguments. Returns its exit code and jest's report. */
export function runJest(args: readonly string[]): { exitCode: number; results: Results } {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-test-'));
  const file = join(folder, 'results.json');
  const { status } = spawnSync('npm', ['test', '--', '--json', `--outputFile=${file}`, ...args], {
    // With --json, jest also prints the report to its standard output.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  const results = JSON.parse(readFileSync(file, 'utf8')) as Results;
  rmSync(folder, { recursive: true });
  return { exitCode: status ?? 1, results };
}
