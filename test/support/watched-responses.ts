/** Finds secrets in what a running service responds. */
import type { Fetch } from './client.ts';
import { secretsIn } from './secret-forms.ts';

/** Throws if a secret of a request appears in its response. */
export function watchingResponses(fetch: Fetch): Fetch {
  return async (path, init = {}) => {
    const response = await fetch(path, init);
    const secrets = secretsIn(path, init);
    if (secrets.length > 0) {
      const text = (await response.clone().text()) + JSON.stringify([...response.headers]);
      if (secrets.some((secret) => text.includes(secret))) {
        throw new Error(`A secret of the request is in the response to ${path}: ${text}`);
      }
    }
    return response;
  };
}
