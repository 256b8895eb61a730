/** The functions, bundled as for AWS. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import type { Service } from '../../local/routes.ts';
import { bundleOptions } from '../../scripts/bundle-functions.ts';

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

/** Bundles functions as scripts/bundle-functions.ts does, except for `options`. */
export async function bundle(functionNames: readonly string[], options: BuildOptions = {}): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'image-share-bundles-'));
  await build({
    ...bundleOptions,
    ...options,
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => `functions/${name}.ts`),
    outdir: folder,
    logLevel: 'error',
  });
  const fileOf = (functionName: string) => bundleIn(folder, functionName);
  return { folder, fileOf, remove: () => rmSync(folder, { recursive: true }) };
}

/** The file of a function in a folder of bundles. */
export function bundleIn(folder: string, functionName: string): string {
  const file = join(folder, `${functionName}.mjs`);
  if (!existsSync(file)) {
    throw new Error(`${functionName} isn't bundled`);
  }
  return file;
}
