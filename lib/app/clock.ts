import { readFileSync } from 'node:fs';

/**
 * The clock of the process: the system clock or, in tests, an instant (ISO 8601) that is read from `file` on each call. Only the
 * environment of the process can set the file, and serverless.yml never does.
 */
export const clockOf = (file: string | undefined): (() => Date) =>
  file === undefined ? () => new Date() : () => new Date(readFileSync(file, 'utf8'));
