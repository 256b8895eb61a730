/**
 * A test runner for Stryker. For each mutant, jest loads all of its test files, which takes seconds. This one loads each file
 * once into its process, with jest's own `describe`, `it`, and `expect`, and then runs tests mutant after mutant in milliseconds.
 */
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  type DryRunOptions,
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import { expect } from 'expect';
import * as fc from 'fast-check';
import * as circus from 'jest-circus';
import { codePaths, scopes, testPaths } from './scopes.ts';
import { TestFile } from './test-file.ts';

const { describe, it, test, beforeAll, beforeEach, afterAll, afterEach } = circus;
Object.assign(globalThis, { describe, it, test, beforeAll, beforeEach, afterAll, afterEach, expect });
Object.assign(process.env, { NODE_ENV: 'test', POWERTOOLS_LOG_LEVEL: 'SILENT' });

// The same examples in each run, so that no mutant survives in some runs only.
fc.configureGlobal({ seed: 1 });

/** Where mutated code reads which mutant is active and counts what runs. */
const stryker: InstrumenterContext = {};
Object.assign(globalThis, { __stryker__: stryker });

/** Stands for the tests while something runs for several of them, such as beforeAll. */
const severalTests = 'several tests';
let running: readonly string[] = [];

/** Attributes what runs from now on to these tests. */
function attributeTo(ids: readonly string[]): void {
  const { [severalTests]: covered, ...perTest } = stryker.mutantCoverage?.perTest ?? {};
  if (stryker.mutantCoverage && covered) {
    const entries = running.map((id) => [id, { ...covered, ...perTest[id] }]);
    stryker.mutantCoverage.perTest = { ...perTest, ...Object.fromEntries(entries) };
  }
  running = ids;
  Object.assign(stryker, { currentTestId: ids.length > 1 ? severalTests : ids[0] });
}

class InProcessRunner implements TestRunner {
  readonly #files = new Map<string, TestFile>();
  readonly #scope = scopes[Number(process.env['MUTATION_SCOPE'])];
  readonly #paths = testPaths(this.#scope?.tests ?? []);
  /** How long each file took when all of its tests ran. */
  readonly #durations = new Map<string, number>();

  /** Modules can't be unloaded. For a mutant in code that runs while modules are loaded, Stryker starts another process. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    await this.#loadCode();
    const result = await this.#run(this.#paths, !disableBail);
    const { static: whileLoading, perTest } = stryker.mutantCoverage ?? { static: {}, perTest: {} };
    // Test files call much code for their tables of cases. Tests of the same code show more, without a new process for each mutant.
    const inTests = new Set(Object.values(perTest).flatMap(Object.keys));
    const onlyWhileLoading = Object.fromEntries(Object.entries(whileLoading).filter(([id]) => !inTests.has(id)));
    return { ...result, mutantCoverage: { static: onlyWhileLoading, perTest } };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, sandboxFileName, testFilter, hitLimit, mutantActivation, disableBail } = options;
    const ids = testFilter && new Set(testFilter);
    const paths = this.#bestFirst(basename(sandboxFileName, '.ts')).filter(
      (path) => testFilter?.some((id) => id.startsWith(`${path}: `)) ?? true,
    );
    if (mutantActivation === 'runtime') {
      await this.#loadCode();
      for (const path of paths) {
        await this.#load(path);
      }
    }
    const runMutant = async () => {
      Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
      const result = await this.#run(paths, !disableBail, ids);
      delete stryker.activeMutant;
      return toMutantRunResult(determineHitLimitReached(stryker.hitCount, hitLimit) ?? result);
    };
    const result = await runMutant();
    if (mutantActivation === 'static' || result.status !== MutantRunStatus.Killed || (await this.#pass(result.killedBy))) {
      return result;
    }
    // The tests failed because of what they, or an earlier mutant, left behind.
    this.#files.clear();
    return runMutant();
  }

  /** Whether these tests pass without a mutant. */
  async #pass(ids: readonly string[]): Promise<boolean> {
    const { tests } = await this.#run(this.#pathsOf(ids), false, new Set(ids));
    return tests.every(({ status }) => status === TestStatus.Success);
  }

  /** The files of these tests. */
  #pathsOf(ids: readonly string[]): string[] {
    return this.#paths.filter((path) => ids.some((id) => id.startsWith(`${path}: `)));
  }

  /** Files that are named like the mutated one, because they probably kill the mutant. Then the fastest. */
  #bestFirst(mutated: string): string[] {
    const rank = (path: string) => (basename(path).startsWith(mutated) ? -1 : (this.#durations.get(path) ?? 0));
    return this.#paths.toSorted((one, other) => rank(one) - rank(other));
  }

  /** Loads the code before any test does, so that what runs while it is loaded isn't attributed to a test. */
  async #loadCode(): Promise<void> {
    for (const path of codePaths(this.#scope?.code ?? '')) {
      await import(pathToFileURL(join(process.cwd(), path)).href);
    }
  }

  async #load(path: string): Promise<TestFile> {
    const file = this.#files.get(path) ?? (await TestFile.load(path));
    this.#files.set(path, file);
    return file;
  }

  /** Loads files only when their turn comes, so that a failure ends even a run in which the mutant is active while loading. */
  async #run(paths: readonly string[], bail: boolean, ids?: ReadonlySet<string>) {
    const tests: TestResult[] = [];
    for (const path of paths) {
      if (bail && tests.some(({ status }) => status === TestStatus.Failed)) {
        break;
      }
      try {
        const file = await this.#load(path);
        const start = performance.now();
        tests.push(...(await file.run({ ids, bail, onStart: attributeTo })));
        if (ids === undefined) {
          this.#durations.set(path, performance.now() - start);
        }
      } catch (error) {
        const failureMessage = String(error instanceof Error ? error.stack : error);
        tests.push({ id: path, name: path, timeSpentMs: 0, status: TestStatus.Failed, failureMessage });
      }
      attributeTo([]);
    }
    return { status: DryRunStatus.Complete, tests } as const;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
