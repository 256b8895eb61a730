import { globSync } from 'node:fs';
import { unit } from '../support/unit-tests.ts';

/**
 * They take most of the time of all tests, and go through so much code that they would run for most mutants: random histories,
 * accounts with thousands of images, and all calls by all callers. Where only they find a mutant, a small test is missing.
 */
const tooLong = [/^test.trust/, /-properties/];
const tooLongTitles = /[0-9],000 (shared|received|random)|500 images|while the (list keeps changing|service is in use)/;

/** The code that is tested in this way, with the tests that run for it. All of them run in memory. */
export const scopes = [{ code: 'lib/rules/*.ts', tests: unit }] as const;

/** The test files of a scope, relative to the working directory. */
export const testPaths = (tests: readonly string[]): string[] =>
  globSync(tests.map((pattern) => pattern.replace('**/test', 'test')))
    .filter((path) => !tooLong.some((pattern) => pattern.test(path)))
    .toSorted();

export const isTooLong = (title: string): boolean => tooLongTitles.test(title);
