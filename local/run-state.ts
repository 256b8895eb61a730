import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeFileAtomic } from './files.ts';

/** The table name that `npm start` uses. */
export const localTable = 'image-share';

/** The state of a running `npm start`, in a file for other programs. If the run is killed, the file remains. */
export interface RunState {
  /** The endpoint. */
  readonly dynamodb: string;
  /** Whether it is the embedded DynamoDB, which writes to the data directory. */
  readonly isEmbedded: boolean;
  readonly port: number;
  readonly regions: string;
}

/** The file with the state of the run that uses the data directory. */
export const runStateFile = (folder: string): string => join(folder, 'running.json');

/** Reads the state of the run that uses the data directory. Returns undefined if there is none. */
export function readRunState(folder: string): RunState | undefined {
  const file = runStateFile(folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export const writeRunState = (folder: string, facts: RunState): void =>
  writeFileAtomic(runStateFile(folder), JSON.stringify(facts));

export const removeRunState = (folder: string): void => rmSync(runStateFile(folder), { force: true });

/** Returns the default value of REGIONS in serverless.yml. */
export function defaultRegions(): string {
  const { provider } = parse(readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8'));
  const [, regions = ''] = /^\$\{env:REGIONS, '(.*)'\}$/.exec(provider.environment.REGIONS) ?? [];
  return regions;
}
