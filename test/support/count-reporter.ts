import type { AggregatedResult, Reporter } from '@jest/reporters';

/** Ends the output of a test run with a line that counts its tests; a file that could not be run counts as one that failed. */
export default class CountReporter implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_: unknown, results: AggregatedResult): void {
    console.log(`${results.numPassedTests} passed, ${results.numFailedTests + results.numRuntimeErrorTestSuites} failed`);
  }
}
