import { writeSync } from 'node:fs';

const standardOutput = 1;

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/**
 * Ends the output of a test run with a line that counts its tests. A test file that could not run counts as one failure.
 * Jest prints its own summary after all reporters are done, so the line is written when the process exits.
 */
export default class CountReporter {
  onRunComplete(_: unknown, results: Results): void {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    process.once('exit', () => writeSync(standardOutput, `${results.numPassedTests} passed, ${failed} failed\n`));
  }
}
