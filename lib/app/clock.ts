import { readFileSync } from 'node:fs';

/**
 * The clock of the process: the machine's, or, for tests of what happens at a time, one that stands at the instant (ISO
 * 8601) which the file holds. Only who starts the process can choose it; nothing in serverless.yml does.
 */
export const clockOf = (file: string | undefined): (() => Date) =>
  file === undefined ? () => new Date() : () => new Date(readFileSync(file, 'utf8'));
