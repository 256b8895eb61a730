import type Provider from 'oidc-provider';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { PrincipalId } from '../lib/model/ids.ts';
import { demoAccounts } from './demo-accounts.ts';
import { noticePage, type Page, signInPage } from './sign-in-page.ts';

type Layer = Parameters<Provider['use']>[0];
type Exchange = Pick<KoaContextWithOIDC, 'set' | 'type' | 'status' | 'body'>;

/** Where the provider sends people whom it does not know yet. */
export const interactionPath = '/interaction/';

const bodyBytesMax = 10_000;

export function show(exchange: Exchange, status: number, { html, contentSecurityPolicy }: Page): void {
  exchange.status = status;
  exchange.type = 'html';
  exchange.set('cache-control', 'no-store');
  exchange.set('content-security-policy', contentSecurityPolicy);
  exchange.set('x-content-type-options', 'nosniff');
  exchange.set('referrer-policy', 'same-origin');
  exchange.body = html;
}

/** Lets people say as which account they sign in: one of the demo accounts, or any other. Nobody is asked for a password. */
export function signingIn(provider: Provider, consoleOrigins: readonly string[]): Layer {
  return async (exchange, next) => {
    if (!exchange.path.startsWith(interactionPath)) {
      return next();
    }
    const { req, res, method } = exchange;
    try {
      const { prompt } = await provider.interactionDetails(req, res);
      const account = method === 'POST' ? (new URLSearchParams(await textOf(req)).get('account')?.trim() ?? '') : undefined;
      if (prompt.name === 'login' && !PrincipalId.safeParse(account).success) {
        return show(exchange, account === undefined ? 200 : 400, signInPage(demoAccounts, consoleOrigins, account));
      }
      // Nobody is asked for consent either: the console is granted what it may ask for.
      const result = prompt.name === 'login' ? { login: { accountId: account as string, remember: false } } : { consent: {} };
      exchange.redirect(await provider.interactionResult(req, res, result));
      exchange.status = 303;
      return undefined;
    } catch (failure) {
      if (failure instanceof errors.SessionNotFound) {
        return show(exchange, 400, noticePage('This sign-in is over', 'Begin again from the console.'));
      }
      throw failure;
    }
  };
}

async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    bytes += part.length;
    if (bytes > bodyBytesMax) {
      return '';
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Takes the permission to read an answer back from pages of other origins: some endpoints would give it to all. */
export const forConsoleAlone =
  (consoleOrigins: readonly string[]): Layer =>
  async (exchange, next) => {
    await next();
    if (!consoleOrigins.includes(exchange.get('origin'))) {
      for (const name of Object.keys(exchange.response.headers).filter((header) => header.startsWith('access-control-'))) {
        exchange.remove(name);
      }
    }
  };
