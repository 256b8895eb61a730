/** `npm run screenshots`: takes the pictures of the README anew, as the tests do. */
import { runJest } from './run-jest.ts';

process.env['SCREENSHOTS'] = 'write';
process.exitCode = runJest(['test/console/screenshots']).exitCode;
