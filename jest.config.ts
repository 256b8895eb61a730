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

// Patterns do without <rootDir>, in which jest would not find a folder that has brackets in its name.
/** Rules, plans, codecs, and actions on a store in memory, each for itself. Tests of whole requests in memory are not among them. */
const unit = [
  '**/test/{actions,app,maintenance,rules,stream}/**/*.test.ts',
  '**/test/sdk/**/{copies,errors,nest-parameters,request,response,*signature*,wire-fields}.test.ts',
  '**/test/auth/sealing.test.ts',
  '**/test/scenarios/{coverage,memory}.test.ts',
  '**/test/table/{schema,stored-items}.test.ts',
];
/** Tests of the embedded engine itself, which another DynamoDB cannot stand in for. */
const ofEmbeddedEngine = ['/test/local/(start|stream-table)\\.test\\.ts$'];
/** Tests of the console in a browser. */
const browser = ['**/test/console/**/*.test.ts'];

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
  // Nothing waits so long: a test that does hangs. How fast a test is says nothing of what it tests.
  testTimeout: 300_000,
  // More than two cores: tests that drive a browser or the service wait for it half of their time.
  maxWorkers: 3,
} satisfies Config;
