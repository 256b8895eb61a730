import type { Config } from 'jest';
import { bundlePackages } from './test/support/bundle-packages.ts';
import { unit } from './test/support/unit-tests.ts';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // The copies of the project that mutation tests work on.
  modulePathIgnorePatterns: ['/\\.mutation/'],
  moduleNameMapper: await bundlePackages(['zod', 'jose', 'uuid', 'fast-xml-parser']),
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } } },
    ],
  },
} satisfies Project;

const withServers = {
  ...common,
  globalSetup: './test/support/start-servers.ts',
  globalTeardown: './test/support/stop-servers.ts',
  setupFilesAfterEnv: ['./test/support/notice-closed-connections.ts'],
} satisfies Project;

/** Tests of the embedded engine itself. They can't run with another DynamoDB. */
const ofEmbeddedEngine = ['/test/local/(start|stream-table)\\.test\\.ts$'];
/** Tests of the console in a browser. */
const browser = ['**/test/console/**/*.test.ts'];

// Each call writes a line at level INFO.
process.env['POWERTOOLS_LOG_LEVEL'] ??= 'WARN';

export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: unit },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: ['**/test/**/*.test.ts', ...[...unit, ...browser].map((files) => `!${files}`)],
      testPathIgnorePatterns: ['/node_modules/', ...(process.env['DYNAMODB_ENDPOINT'] ? ofEmbeddedEngine : [])],
    },
    { ...withServers, displayName: 'browser', testMatch: browser },
  ],
  reporters: ['default', './test/support/count-reporter.ts'],
  // Only stops tests that hang. Slow machines must not make tests fail.
  testTimeout: 300_000,
  // More workers than cores on a small machine, because tests with a browser or the service wait half of their time.
  maxWorkers: 3,
  // On a busy machine, the exit of a large process takes a second or more, which jest would report as a leak.
  workerGracefulExitTimeout: 30_000,
} satisfies Config;
