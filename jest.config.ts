import type { Config } from 'jest';

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } } },
    ],
  },
  setupFilesAfterEnv: ['./test/support/notice-closed-connections.ts'],
  globalSetup: '<rootDir>/test/support/start-servers.ts',
  globalTeardown: '<rootDir>/test/support/stop-servers.ts',
  testTimeout: 60_000,
  // More than two cores: tests that drive a browser or the service wait for it half of their time.
  maxWorkers: 3,
} satisfies Config;
