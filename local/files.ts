import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only this user can read. Even if the process is killed, the file is either complete or unchanged. */
export function writeFileAtomic(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, file);
}
