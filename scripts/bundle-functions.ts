import { createWriteStream, globSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BuildOptions, build } from 'esbuild';
import { ZipFile } from 'yazl';
import { ensureConsole } from '../local/console.ts';

/** What the plugin uses of the Serverless Framework. */
interface Serverless {
  readonly serviceDir: string;
  readonly service: { readonly functions: Readonly<Record<string, FunctionDefinition>> };
}

interface FunctionDefinition {
  /** `patterns` are the files that the function reads. */
  package?: { readonly patterns?: readonly string[]; artifact?: string };
}

export const bundleOptions: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'node24',
  platform: 'node',
  mainFields: ['module', 'main'],
  outbase: '.',
  alias: {
    '@aws-sdk/credential-provider-node': './lib/app/environment-credentials.ts',
    '@smithy/core/event-streams': './lib/app/no-event-streams.ts',
  },
  outExtension: { '.js': '.mjs' },
  // For stack traces in the logs: lib/app/loggable.ts reads the map next to the bundle. Traces don't need the source text.
  sourcemap: 'linked',
  sourcesContent: false,
  // Some bundled libraries call require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

/** Functions of one build share its parsed sources. More of them save little time, and esbuild needs a gigabyte for 30. */
const functionsPerBuild = 20;

/**
 * Functions that load parts of themselves on first use: docs/decisions/0029-fast-starts.md. These parts are in chunks, in a folder
 * next to the bundle. The functions are built alone, or the chunks would depend on other functions.
 */
const functionsWithChunks: readonly string[] = ['create-access-key', 'sdk'];

/** One run of esbuild. Its output is a bundle and a source map for each function, such as `functions/get-image.mjs`. */
interface BundleBuild {
  readonly functionNames: readonly string[];
  readonly options: BuildOptions;
}

/** Returns how functions of serverless.yml are bundled. */
export function bundleBuilds(functionNames: readonly string[]): BundleBuild[] {
  const withChunks = functionNames.filter((name) => functionsWithChunks.includes(name));
  const others = functionNames.filter((name) => !functionsWithChunks.includes(name));
  const groups = Array.from({ length: Math.ceil(others.length / functionsPerBuild) }, (_, index) =>
    others.slice(index * functionsPerBuild, (index + 1) * functionsPerBuild),
  );
  return [
    ...groups.map((group) => ({ functionNames: group, options: { ...bundleOptions, entryPoints: group.map(sourceOf) } })),
    ...withChunks.map((name) => ({
      functionNames: [name],
      options: {
        ...bundleOptions,
        entryPoints: [sourceOf(name)],
        splitting: true,
        // Lambda would load a folder with the name of the function instead of its bundle.
        chunkNames: `functions/${name}.chunks/[name]-[hash]`,
      },
    })),
  ];
}

const sourceOf = (functionName: string): string => `functions/${functionName}.ts`;

/** Always the same, so that a function that hasn't changed has the same zip and isn't deployed again. */
const zipped = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };

/** A Serverless Framework plugin that makes a zip of each function: its bundle with a source map, and its files. */
export default class BundleFunctions {
  readonly hooks = {
    'before:package:createDeploymentArtifacts': () => this.#bundle(Object.keys(this.#serverless.service.functions)),
    'before:deploy:function:packageFunction': () => this.#bundle(this.#selected === undefined ? [] : [this.#selected]),
  };
  readonly #serverless: Serverless;
  readonly #selected: string | undefined;

  constructor(serverless: Serverless, { function: selected }: { readonly function?: string }) {
    this.#serverless = serverless;
    this.#selected = selected;
  }

  async #bundle(names: readonly string[]): Promise<void> {
    await ensureConsole();
    const { serviceDir } = this.#serverless;
    mkdirSync(join(serviceDir, '.serverless'), { recursive: true });
    for (const { functionNames, options } of bundleBuilds(names)) {
      const { outputFiles = [] } = await build({ ...options, absWorkingDir: serviceDir, outdir: serviceDir, write: false });
      const outputs = outputFiles.map(({ path, contents }) => ({ file: relative(serviceDir, path), contents }));
      for (const name of functionNames) {
        await this.#zip(
          name,
          outputs.filter(({ file }) => file.startsWith(`functions/${name}.`)),
        );
      }
    }
  }

  async #zip(name: string, outputs: readonly { readonly file: string; readonly contents: Uint8Array }[]): Promise<void> {
    const { serviceDir } = this.#serverless;
    const definition = this.#function(name);
    const zip = new ZipFile();
    for (const { file, contents } of outputs) {
      zip.addBuffer(Buffer.from(contents), file, zipped);
    }
    for (const file of globSync([...(definition.package?.patterns ?? [])], { cwd: serviceDir, withFileTypes: true })) {
      if (file.isFile()) {
        const path = join(file.parentPath, file.name);
        zip.addBuffer(readFileSync(path), relative(serviceDir, path), zipped);
      }
    }
    zip.end();
    const artifact = join('.serverless', `${name}.zip`);
    await pipeline(zip.outputStream, createWriteStream(join(serviceDir, artifact)));
    definition.package = { ...definition.package, artifact };
  }

  #function(name: string): FunctionDefinition {
    const definition = this.#serverless.service.functions[name];
    if (definition === undefined) {
      throw new Error(`serverless.yml has no function ${name}`);
    }
    return definition;
  }
}
