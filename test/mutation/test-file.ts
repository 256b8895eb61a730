/** A test file of jest, loaded into this process. Its tests can run any number of times. */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { type TestResult, TestStatus } from '@stryker-mutator/api/test-runner';
import * as circus from 'jest-circus';
import { isTooLong } from './scopes.ts';

type Block = ReturnType<typeof circus.getState>['rootDescribeBlock'];
type Test = Extract<Block['children'][number], { type: 'test' }>;
type Hook = Block['hooks'][number];

/** Gives each load of a test file its own copies of the modules in `test/`, as jest does. */
let loads = 0;
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { url, ...resolved } = nextResolve(specifier, context);
    return { ...resolved, url: url.startsWith(ownModules()) ? `${url}?${loads}` : url };
  },
});
const ownModules = () => pathToFileURL(join(process.cwd(), 'test/')).href;

export interface RunOptions {
  /** The tests to run. Default: all. */
  readonly ids?: ReadonlySet<string> | undefined;
  readonly bail: boolean;
  /** Called before anything runs: for which tests it runs. */
  readonly onStart: (ids: readonly string[]) => void;
}

export class TestFile {
  readonly #path: string;
  readonly #root: Block;
  readonly #ids = new Map<Test, string>();

  private constructor(path: string, root: Block) {
    this.#path = path;
    this.#root = root;
    const used = new Map<string, number>();
    for (const test of testsOf(root).filter((candidate) => !isTooLong(titlesOf(candidate).join(' ')))) {
      const title = `${path}: ${titlesOf(test).join(' > ')}`;
      const count = (used.get(title) ?? 0) + 1;
      used.set(title, count);
      this.#ids.set(test, count === 1 ? title : `${title} (${count})`);
    }
  }

  /** Loads the file and the test modules that it imports again, so that it shares no state with other files and earlier runs. */
  static async load(path: string): Promise<TestFile> {
    loads += 1;
    circus.resetState();
    await import(pathToFileURL(join(process.cwd(), path)).href);
    return new TestFile(path, circus.getState().rootDescribeBlock);
  }

  /** Runs tests one after the other. With `bail`, ends at the first failure. */
  async run(options: RunOptions): Promise<TestResult[]> {
    const results: TestResult[] = [];
    await this.#runBlock(this.#root, options, results);
    return results;
  }

  async #runBlock(block: Block, options: RunOptions, results: TestResult[]): Promise<void> {
    const tests = testsOf(block).filter((test) => this.#isWanted(test, options));
    if (tests.length === 0) {
      return;
    }
    const ids = tests.map((test) => this.#idOf(test));
    try {
      options.onStart(ids);
      await runHooks(block, 'beforeAll');
      for (const child of block.children) {
        if (options.bail && results.some(({ status }) => status === TestStatus.Failed)) {
          break;
        }
        if (child.type === 'describeBlock') {
          await this.#runBlock(child, options, results);
        } else if (this.#isWanted(child, options)) {
          options.onStart([this.#idOf(child)]);
          results.push(await this.#runTest(child));
        }
      }
      options.onStart(ids);
      await runHooks(block, 'afterAll');
    } catch (error) {
      results.push(...tests.map((test) => this.#result(test, 0, error)));
    }
  }

  async #runTest(test: Test): Promise<TestResult> {
    const blocks = ancestorsOf(test);
    const start = performance.now();
    let failure: unknown;
    try {
      for (const block of blocks) {
        await runHooks(block, 'beforeEach');
      }
      await callOf(test.fn)();
    } catch (error) {
      failure = error ?? new Error('The test failed');
    }
    try {
      for (const block of blocks.toReversed()) {
        await runHooks(block, 'afterEach');
      }
    } catch (error) {
      failure ??= error;
    }
    return this.#result(test, performance.now() - start, failure);
  }

  #result(test: Test, timeSpentMs: number, failure?: unknown): TestResult {
    const id = this.#idOf(test);
    const result = { id, name: id, fileName: join(process.cwd(), this.#path), timeSpentMs };
    return failure === undefined
      ? { ...result, status: TestStatus.Success }
      : { ...result, status: TestStatus.Failed, failureMessage: String(failure instanceof Error ? failure.stack : failure) };
  }

  #idOf(test: Test): string {
    return this.#ids.get(test) ?? '';
  }

  #isWanted(test: Test, { ids }: RunOptions): boolean {
    const id = this.#ids.get(test);
    return id !== undefined && (ids?.has(id) ?? true);
  }
}

const testsOf = (block: Block): Test[] =>
  block.children.flatMap((child) => (child.type === 'describeBlock' ? testsOf(child) : [child]));

/** The blocks around a test, the outermost first. */
const ancestorsOf = ({ parent }: Test | Block): Block[] => (parent === undefined ? [] : [...ancestorsOf(parent), parent]);

const titlesOf = (test: Test): string[] => [...ancestorsOf(test).slice(1), test].map(({ name }) => name);

async function runHooks(block: Block, type: Hook['type']): Promise<void> {
  for (const hook of block.hooks.filter((candidate) => candidate.type === type)) {
    await callOf(hook.fn)();
  }
}

/** Tests and hooks without the callback of older tests. */
const callOf = (fn: Test['fn'] | Hook['fn']) => fn as () => unknown;
