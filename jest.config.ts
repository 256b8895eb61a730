import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
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

/** Tests that start nothing. */
const unit = [
  'test/{actions,flows,rules}/**/*.test.ts',
  'test/auth/sealing.test.ts',
  'test/clouds/{*,alibaba,tencent,ucloud}/{answers,copies,errors,golden,wire-fields}.test.ts',
  'test/http/{configuration,console-policy,request-body}.test.ts',
  'test/scenarios/{coverage,memory}.test.ts',
];
/** Tests of the console in a browser. */
const browser = ['test/console/**/*.test.ts'];

const within = (files: readonly string[]) => files.map((one) => `<rootDir>/${one}`);
// Jest knows <rootDir> only at the start of a pattern.
const not = (files: readonly string[]) => files.map((one) => `!**/${one}`);

export default {
  projects: [
    { ...common, displayName: 'unit', testMatch: within(unit) },
    {
      ...withServers,
      displayName: 'integration',
      testMatch: [...within(['test/**/*.test.ts']), ...not([...unit, ...browser])],
    },
    { ...withServers, displayName: 'browser', testMatch: within(browser) },
  ],
  reporters: ['default', './test/support/count-reporter.ts'],
  // Nothing waits so long: a test that does hangs. How fast a test is says nothing of what it tests.
  testTimeout: 300_000,
  // More than two cores: tests that drive a browser or the service wait for it half of their time.
  maxWorkers: 3,
} satisfies Config;
