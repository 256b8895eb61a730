import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A position in a bundle, such as `file:///var/task/functions/get-image.mjs:12:345`. */
const bundlePosition = /(file:[^\s()]+\.mjs):(\d+):(\d+)/g;

const sourceMaps = new Map<string, SourceMap | undefined>();

/**
 * Returns an error for the log. In its stack trace and in those of its causes, positions in a bundle are replaced by those in the
 * TypeScript sources. Node.js does the same with `--enable-source-maps`, but reads the map of every file that it loads, even if no
 * error ever occurs.
 */
export function loggable(failure: unknown): Error {
  for (let error = failure; error instanceof Error; error = error.cause) {
    if (error.stack !== undefined) {
      error.stack = error.stack.replaceAll(bundlePosition, inSource);
    }
  }
  return failure as Error;
}

function inSource(position: string, bundle: string, line: string, column: string): string {
  if (!sourceMaps.has(bundle)) {
    sourceMaps.set(bundle, readMap(`${fileURLToPath(bundle)}.map`));
  }
  const origin = sourceMaps.get(bundle)?.findOrigin(Number(line), Number(column));
  return origin !== undefined && 'fileName' in origin
    ? `${new URL(origin.fileName, bundle)}:${origin.lineNumber}:${origin.columnNumber}`
    : position;
}

const readMap = (file: string): SourceMap | undefined =>
  existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
