import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Account, type Adapter, type AdapterPayload, type Grant, type KoaContextWithOIDC } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import { audience, claims, clientSecret, consoleClientId, scopes } from './access-token.ts';
import { demoAccounts } from './demo-accounts.ts';
import { writeFileAtomic } from './files.ts';
import { idleTimeoutMs, loopback } from './ports.ts';
import { interactionPath, languageOf, restrictCorsToConsole, sendPage, signInInteraction } from './sign-in.ts';
import { signedOutPage, signOutPage } from './sign-in-page.ts';

const resource = 'urn:image-share';
const grantable = Object.values(scopes).join(' ');

const hourSeconds = 3_600;
const daySeconds = 86_400;

const consoleClient = (origins: readonly string[]): AdapterPayload => ({
  client_id: consoleClientId,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: origins.map((origin) => `${origin}/console/signed-in`),
  post_logout_redirect_uris: origins.map((origin) => `${origin}/console/signed-out`),
  scope: `openid ${scopes.tenant}`,
});

/** Finds a client for any ID. That is safe because the issuer listens on the loopback interface and protects demo data only. */
const clientAdapter = (consoleOrigins: readonly string[]): Partial<Adapter> => ({
  find: async (id) =>
    id === consoleClientId
      ? consoleClient(consoleOrigins)
      : {
          client_id: id,
          client_secret: clientSecret,
          token_endpoint_auth_method: 'client_secret_post',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
          scope: grantable,
        },
});

/** Finds an account for any ID. Its name is the one in the demo data, or otherwise the ID. */
const accountFor = (accountId: string): Account => {
  const { name = accountId } = demoAccounts.find((account) => account.accountId === accountId) ?? {};
  return { accountId, claims: () => ({ sub: accountId, name }) };
};

/** Grants the console everything it can request, so that it never needs consent. */
async function loadGrant({ oidc }: KoaContextWithOIDC): Promise<Grant> {
  const { client, session, provider } = oidc;
  const grantId = client && session?.grantIdFor(client.clientId);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (existing !== undefined) {
    return existing;
  }
  const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
  grant.addOIDCScope(`openid ${scopes.tenant}`);
  grant.addResourceScope(resource, scopes.tenant);
  await grant.save();
  return grant;
}

/** Returns the signing key: the one stored in the file, so that tokens survive a restart, or a new one. */
async function signingKey(file?: string): Promise<JWK> {
  if (file !== undefined && existsSync(file)) {
    return JSON.parse(readFileSync(file, 'utf8'));
  }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: crypto.randomUUID() };
  if (file !== undefined) {
    writeFileAtomic(file, JSON.stringify(key));
  }
  return key;
}

interface IssuerOptions {
  readonly port: number;
  /** The port of the API, which serves the console. */
  readonly apiPort: number;
  /** Stores the signing key. Without it, tokens become invalid when the process exits. */
  readonly keyFile?: string | undefined;
  /** The lifetime of access tokens. */
  readonly tokenSeconds?: number | undefined;
}

/**
 * Starts an OpenID Connect provider. Like an issuer on AWS, it issues access tokens in JWT format: to programs with the
 * client credentials grant, and to people who sign in to the console with an authorization code and PKCE.
 */
export async function startIssuer({
  port,
  apiPort,
  keyFile,
  tokenSeconds = hourSeconds,
}: IssuerOptions): Promise<{ issuer: string; server: Server }> {
  const issuer = `http://${loopback}:${port}`;
  const consoleOrigins = [loopback, 'localhost'].map((host) => `http://${host}:${apiPort}`);
  const clients = clientAdapter(consoleOrigins) as Adapter;
  const provider = new Provider(issuer, {
    adapter: (model) => (model === 'Client' ? clients : new MemoryAdapter(model)),
    jwks: { keys: [await signingKey(keyFile)] },
    cookies: {
      keys: [crypto.randomUUID()],
      // Browsers send cookies to every port of a host.
      names: { session: `session-${port}`, interaction: `interaction-${port}`, resume: `resume-${port}` },
    },
    scopes: ['openid', ...grantable.split(' ')],
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    findAccount: (_, accountId) => accountFor(accountId),
    loadExistingGrant: loadGrant,
    interactions: { url: (_, { uid }) => `${interactionPath}${uid}` },
    clientBasedCORS: (_, origin) => consoleOrigins.includes(origin),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) =>
          sendPage(context, 200, signOutPage(languageOf(context, context.oidc.params?.['ui_locales']), form, consoleOrigins)),
        postLogoutSuccessSource: (context) => sendPage(context, 200, signedOutPage(languageOf(context, undefined))),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: () => ({ scope: grantable, audience, accessTokenFormat: 'jwt', accessTokenTTL: tokenSeconds }),
        useGrantedResource: () => true,
      },
    },
    ttl: {
      ClientCredentials: tokenSeconds,
      AccessToken: tokenSeconds,
      IdToken: hourSeconds,
      Interaction: hourSeconds,
      Session: daySeconds,
      Grant: daySeconds,
    },
    formats: {
      customizers: {
        jwt: (_, token, { payload }) => {
          const [account, project] = String('accountId' in token ? token.accountId : token.clientId).split(':');
          Object.assign(payload, {
            sub: account,
            [claims.account]: account,
            ...(project !== undefined && { [claims.project]: project }),
          });
        },
      },
    },
  });
  provider.use(restrictCorsToConsole(consoleOrigins));
  provider.use(signInInteraction(provider, consoleOrigins));
  const server = provider.listen(port, loopback);
  server.keepAliveTimeout = idleTimeoutMs;
  await once(server, 'listening');
  return { issuer, server };
}
