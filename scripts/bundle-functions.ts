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
  readonly handler: string;
  /** `patterns` are the files that the function reads. */
  package?: { readonly patterns?: readonly string[]; artifact?: string };
}

/** How every function is bundled. */
export const bundleOptions: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'node24',
  platform: 'node',
  mainFields: ['module', 'main'],
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
    for (let start = 0; start < names.length; start += functionsPerBuild) {
      const group = names.slice(start, start + functionsPerBuild);
      const entryPoints = Object.fromEntries(
        group.map((name) => [entryOf(this.#function(name)), `${entryOf(this.#function(name))}.ts`]),
      );
      const { outputFiles = [] } = await build({
        ...bundleOptions,
        absWorkingDir: serviceDir,
        entryPoints,
        outdir: serviceDir,
        write: false,
      });
      const outputs = new Map(outputFiles.map(({ path, contents }) => [relative(serviceDir, path), contents]));
      for (const name of group) {
        await this.#zip(name, outputs);
      }
    }
  }

  async #zip(name: string, outputs: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const { serviceDir } = this.#serverless;
    const definition = this.#function(name);
    const bundle = `${entryOf(definition)}.mjs`;
    const zip = new ZipFile();
    for (const file of [bundle, `${bundle}.map`]) {
      zip.addBuffer(Buffer.from(outputs.get(file) as Uint8Array), file, zipped);
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

/** The path of the function's source without its extension, such as `functions/share-image`. */
const entryOf = ({ handler }: FunctionDefinition): string => handler.replace(/\.[^./]+$/, '');
