/** `npm test`: runs the tests, or those that the arguments name, and ends with a line that counts them. */
import { runJest } from './run-jest.ts';

const { exitCode, results } = runJest(process.argv.slice(2));
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = results;
console.log(`${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`);
process.exitCode = exitCode;
