/** The functions, bundled as for AWS. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { parse } from 'yaml';
import type { Service } from '../../local/routes.ts';
import { bundleBuilds, bundleOptions } from '../../scripts/bundle-functions.ts';

const root = join(import.meta.dirname, '../..');
export const definition = parse(readFileSync(join(root, 'serverless.yml'), 'utf8')) as Service & {
  readonly provider: { readonly memorySize: number };
  readonly functions: Readonly<Record<string, { readonly memorySize?: number }>>;
};

/** `memorySize` of a function, in MiB. */
export const memoryOf = (functionName: string): number =>
  definition.functions[functionName]?.memorySize ?? definition.provider.memorySize;

export interface Bundles {
  readonly folder: string;
  /** The file of a function, by its name in serverless.yml. */
  readonly fileOf: (functionName: string) => string;
  readonly remove: () => void;
}

/** Bundles functions as the package for AWS does. */
export async function bundle(functionNames: readonly string[]): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-bundles-'));
  for (const { options } of bundleBuilds(functionNames)) {
    await build({ ...options, absWorkingDir: root, outdir: folder, logLevel: 'error' });
  }
  const fileOf = (functionName: string) => bundleIn(folder, functionName);
  return { folder, fileOf, remove: () => rmSync(folder, { recursive: true }) };
}

/** The size of a bundle with its chunks. */
export const bytesOf = (file: string): number =>
  [file, ...globSync(file.replace(/\.mjs$/, '.chunks/*.mjs'))].reduce((total, part) => total + statSync(part).size, 0);

/** The file of a function in a folder of bundles. */
export function bundleIn(folder: string, functionName: string): string {
  const file = join(folder, 'functions', `${functionName}.mjs`);
  if (!existsSync(file)) {
    throw new Error(`${functionName} isn't bundled`);
  }
  return file;
}

/** Bundles a file that isn't a function of the service, with the official SDK as it is. Returns the bundle's path. */
export async function bundleBaseline(file: string, folder: string): Promise<string> {
  await build({ ...bundleOptions, alias: {}, absWorkingDir: root, entryPoints: [file], outdir: folder, logLevel: 'error' });
  return join(folder, file.replace(/\.ts$/, '.mjs'));
}
