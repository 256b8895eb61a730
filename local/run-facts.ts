import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { writeFileAtomic } from './files.ts';

/** The name of the table of the local run. */
export const localTable = 'image-share';

/** What others on this machine may want to know of a start; its file is there while it runs, and after it was killed. */
export interface RunFacts {
  /** Where the table is. */
  readonly dynamodb: string;
  /** Whether that is a process of the start's own, which writes to the folder. */
  readonly isEmbedded: boolean;
  readonly port: number;
  readonly regions: string;
}

/** Where the facts of the start on a folder are. */
export const factsFile = (folder: string): string => join(folder, 'running.json');

export function factsOf(folder: string): RunFacts | undefined {
  const file = factsFile(folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

export const writeRunState = (folder: string, facts: RunFacts): void => writeFileAtomic(factsFile(folder), JSON.stringify(facts));

export const removeRunState = (folder: string): void => rmSync(factsFile(folder), { force: true });

/** The regions that serverless.yml configures unless REGIONS says otherwise. */
export function defaultRegions(): string {
  const { provider } = parse(readFileSync(new URL('../serverless.yml', import.meta.url), 'utf8'));
  const [, regions = ''] = /^\$\{env:REGIONS, '(.*)'\}$/.exec(provider.environment.REGIONS) ?? [];
  return regions;
}
