import { accessToken } from '../../local/access-token.ts';
import type { ApiRequest } from './operations.ts';

/** Gets an access token for each account and scope once. They are valid for an hour. */
export class Tokens {
  readonly #issuer: string;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(issuer: string) {
    this.#issuer = issuer;
  }

  of({ account, scope }: Pick<ApiRequest, 'account' | 'scope'>): Promise<string> {
    const name = `${account} ${scope}`;
    const token = this.#tokens.get(name) ?? accessToken(this.#issuer, { account, scope });
    this.#tokens.set(name, token);
    return token;
  }
}
