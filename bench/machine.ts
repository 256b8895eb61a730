import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a run was made on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
  /** The revision of this repository, and whether files were changed since. */
  readonly revision: string;
  /** The load average of the last minute before the run: how busy the machine was with other things. */
  readonly loadBefore: number;
}

const { resolve } = createRequire(import.meta.url);

function versionOf(name: string): string {
  return (JSON.parse(readFileSync(resolve(`${name}/package.json`), 'utf8')) as { version: string }).version;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()}`,
  versions: {
    'Node.js': process.versions.node,
    Dynoxide: versionOf(`@dynoxide/${process.platform}-${process.arch}`),
    '@aws-sdk/lib-dynamodb': versionOf('@aws-sdk/lib-dynamodb'),
  },
  revision: git('describe', '--always', '--dirty', '--abbrev=10'),
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});

function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown';
  }
}
