/** Finds secrets in what a running service responds and writes. */
import type { Fetch } from './client.ts';
import { linesWithSecrets, secretsIn } from './secret-forms.ts';

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

/** A service can repeat a line endlessly. */
const leaksMax = 20;

/** Collects the first lines with secrets in the output of a service, which comes in parts. */
export class WatchedOutput {
  readonly #leaks: string[] = [];
  #lastLine = '';

  readonly add = (text: string): void => {
    if (this.#leaks.length >= leaksMax) {
      return;
    }
    const lines = this.#lastLine + text;
    const end = lines.lastIndexOf('\n') + 1;
    this.#leaks.push(...linesWithSecrets(lines.slice(0, end)));
    this.#lastLine = lines.slice(end);
  };

  /** Throws if a secret was in it. */
  requireNoSecrets(): void {
    if (this.#leaks.length > 0) {
      throw new Error(`A secret is in the output of the service:\n${this.#leaks.join('\n')}`);
    }
  }
}
