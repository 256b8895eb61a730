/** Finds secrets where they must not be. */
import { inspect } from 'node:util';
import { logger } from '../../lib/app/process.ts';
import type { Fetch } from './client.ts';
import { secretsIn } from './secret-forms.ts';

/** The secrets of access keys in a service in memory, which only the response to their creation has. */
const keySecret = /\bs0\d{38}\b/;
const isCreation = (path: string, { method }: RequestInit): boolean => method === 'POST' && path.includes('/access-keys');

/** The secrets of the requests that are being answered, and the lines of the log that have one. */
const current = new Set<string>();
const leaks: string[] = [];
let isLogWatched = false;

function watchLog(): void {
  for (const level of isLogWatched ? [] : (['info', 'warn', 'error'] as const)) {
    const log = logger[level].bind(logger) as (...line: readonly unknown[]) => void;
    logger[level] = (...line: unknown[]) => {
      const text = inspect(line, { depth: null });
      leaks.push(...(keySecret.test(text) || [...current].some((secret) => text.includes(secret)) ? [text] : []));
      log(...line);
    };
  }
  isLogWatched = true;
}

/** Throws if a secret of a request appears in its response or in the log, or the secret of an access key in either of them. */
export function watchingSecrets(fetch: Fetch): Fetch {
  watchLog();
  return async (path, init = {}) => {
    const secrets = secretsIn(path, init);
    for (const secret of secrets) {
      current.add(secret);
    }
    const response = await fetch(path, init);
    const text = (await response.clone().text()) + JSON.stringify([...response.headers]);
    const isLeak = secrets.some((secret) => text.includes(secret)) || (keySecret.test(text) && !isCreation(path, init));
    for (const secret of secrets) {
      current.delete(secret);
    }
    if (isLeak || leaks.length > 0) {
      throw new Error(`A secret is in the response to ${path} or in the log: ${leaks.splice(0).join('\n') || text}`);
    }
    return response;
  };
}
