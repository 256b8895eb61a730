import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isConsoleFresh } from './console-sources.ts';

const program = join(import.meta.dirname, '../scripts/build-console.ts');

/** Builds the console where that was not yet done, or not of these sources. Throws what the build printed when it fails. */
export async function ensureConsole(signal?: AbortSignal): Promise<void> {
  if (isConsoleFresh()) {
    return;
  }
  console.error('Building the console: this is the first run, or its sources changed.');
  const build = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  let output = '';
  for (const stream of [build.stdout, build.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(build, 'close');
  if (code !== 0) {
    throw new Error(`The console cannot be built:\n${output}`);
  }
}
