/** `npm run screenshots`: takes the screenshots of docs/console.md, as the tests do. */
import { runJest } from './run-jest.ts';

process.env['SCREENSHOTS'] = 'write';
process.exitCode = runJest(['test/console/screenshots']).exitCode;
