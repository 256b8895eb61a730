import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isConsoleUpToDate } from './console-sources.ts';

const buildScript = join(import.meta.dirname, '../scripts/build-console.ts');

/** Builds the console if there is no build of the current sources. If the build fails, throws an error with its output. */
export async function ensureConsole(signal?: AbortSignal): Promise<void> {
  if (isConsoleUpToDate()) {
    return;
  }
  console.error('Building the console, because it has not been built yet or its sources have changed.');
  const build = spawn(process.execPath, [buildScript], { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
  let output = '';
  for (const stream of [build.stdout, build.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(build, 'close');
  if (code !== 0) {
    throw new Error(`The console build failed:\n${output}`);
  }
}
