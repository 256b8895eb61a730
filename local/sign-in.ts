import type Provider from 'oidc-provider';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { PrincipalId } from '../lib/model/ids.ts';
import { demoAccounts } from './demo-accounts.ts';
import { expiredPage, type Language, languages, type Page, signInPage } from './sign-in-page.ts';

type Middleware = Parameters<Provider['use']>[0];
type ResponseContext = Pick<KoaContextWithOIDC, 'set' | 'type' | 'status' | 'body'>;

/** The path where the provider redirects people who aren't signed in, followed by the ID of the sign-in. */
export const interactionPath = '/interaction/';

const bodyBytesMax = 10_000;

export function sendPage(context: ResponseContext, status: number, { html, contentSecurityPolicy }: Page): void {
  context.status = status;
  context.type = 'html';
  context.set('cache-control', 'no-store');
  context.set('content-security-policy', contentSecurityPolicy);
  context.set('x-content-type-options', 'nosniff');
  context.set('referrer-policy', 'same-origin');
  context.body = html;
}

/** The language that the client asks for (`ui_locales` of OpenID Connect), or else the browser. */
export function languageOf(context: Pick<KoaContextWithOIDC, 'acceptsLanguages'>, uiLocales: unknown): Language {
  const requested = typeof uiLocales === 'string' ? uiLocales.split(/[ -]/) : [];
  return (
    languages.find((language) => requested.includes(language)) ?? (context.acceptsLanguages('en', 'zh') === 'zh' ? 'zh' : 'en')
  );
}

/** Serves the sign-in page, where people choose a demo account or enter any other account ID, without a password. */
export function signInInteraction(provider: Provider, consoleOrigins: readonly string[]): Middleware {
  return async (context, next) => {
    if (!context.path.startsWith(interactionPath)) {
      return next();
    }
    const { req, res, method } = context;
    try {
      const { prompt, params } = await provider.interactionDetails(req, res);
      const account = method === 'POST' ? (new URLSearchParams(await readText(req)).get('account')?.trim() ?? '') : undefined;
      if (prompt.name === 'login' && !PrincipalId.safeParse(account).success) {
        const language = languageOf(context, params['ui_locales']);
        return sendPage(context, account === undefined ? 200 : 400, signInPage(language, demoAccounts, consoleOrigins, account));
      }
      // No consent is needed: see loadGrant in issuer.ts.
      const result = prompt.name === 'login' ? { login: { accountId: account as string, remember: false } } : { consent: {} };
      context.redirect(await provider.interactionResult(req, res, result));
      context.status = 303;
      return undefined;
    } catch (failure) {
      if (failure instanceof errors.SessionNotFound) {
        return sendPage(context, 400, expiredPage(languageOf(context, undefined)));
      }
      throw failure;
    }
  };
}

/** Reads the body. Returns an empty text if it is too large. */
async function readText(request: AsyncIterable<Buffer>): Promise<string> {
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

/** Removes CORS headers from responses to origins other than the console's. Some endpoints would allow any origin. */
export const restrictCorsToConsole =
  (consoleOrigins: readonly string[]): Middleware =>
  async (context, next) => {
    await next();
    if (!consoleOrigins.includes(context.get('origin'))) {
      for (const name of Object.keys(context.response.headers).filter((header) => header.startsWith('access-control-'))) {
        context.remove(name);
      }
    }
  };
