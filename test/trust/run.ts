/** `npm run trust [-- [--deep] [--crashes COUNT] [NAME...]]`: see run-checks.ts. */
import { runChecks } from './run-checks.ts';

await runChecks();
