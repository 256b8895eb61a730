import { Agent, request } from 'node:http';
import type { ApiRequest } from './operations.ts';
import type { Tokens } from './tokens.ts';

/** Sends requests to a service over connections that are kept open. */
export class HttpClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #origin: string;
  readonly #tokens: Tokens;

  constructor(origin: string, tokens: Tokens) {
    this.#origin = origin;
    this.#tokens = tokens;
  }

  /** Returns the sending of this request, which returns the status once the whole response is there. */
  async sending({ method, path, body, ...caller }: ApiRequest): Promise<() => Promise<number | undefined>> {
    const url = new URL(`${this.#origin}/v1${path}`);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${await this.#tokens.of(caller)}`,
      ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    };
    return () =>
      new Promise((resolve, reject) => {
        request(url, { method, headers, agent: this.#agent }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode));
          response.once('error', reject);
        })
          .once('error', reject)
          .end(text);
      });
  }
}
