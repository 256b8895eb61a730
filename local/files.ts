import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only this user may read, so that it is there whole or not at all, whenever the process is killed. */
export function writeFileAtomic(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
