/** `npm run screenshots`: runs the screenshot tests in the mode that replaces the screenshots of docs/console.md. */
import { runJest } from './run-jest.ts';

process.env['SCREENSHOTS'] = 'write';
process.exitCode = runJest(['test/console/screenshots']).exitCode;
