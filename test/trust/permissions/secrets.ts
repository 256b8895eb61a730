import { logger } from '../../../lib/app/process.ts';
import type { Fetch } from '../../support/client.ts';
import { secretsIn } from '../../support/secret-forms.ts';

interface Watched {
  readonly fetch: Fetch;
  readonly takeCalls?: () => string[];
}

/**
 * Watches a service: no secret of a request, and none of these secrets, may appear in its response, in the log, or in what is
 * written to the store. `found` lists where one did.
 */
export function watchSecrets<Place extends Watched>(
  place: Place,
  secrets: readonly string[],
): Place & { readonly found: string[] } {
  const found: string[] = [];
  let current: readonly string[] = secrets;
  const check = (where: string, text: string): void => {
    found.push(...current.filter((secret) => text.includes(secret)).map((secret) => `${where} contains ${secret}: ${text}`));
  };
  const { takeCalls } = place;
  for (const level of ['info', 'warn', 'error'] as const) {
    logger[level] = (...line: unknown[]) => check('The log', JSON.stringify(line));
  }
  return {
    ...place,
    found,
    fetch: async (path, init = {}) => {
      current = [...secrets, ...secretsIn(path, init)];
      const response = await place.fetch(path, init);
      check('The response', (await response.clone().text()) + JSON.stringify([...response.headers]));
      return response;
    },
    ...(takeCalls !== undefined && {
      takeCalls: () => {
        const calls = takeCalls();
        check('The store', calls.join(' '));
        return calls;
      },
    }),
  };
}
