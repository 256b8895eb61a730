import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Account, type Adapter, type AdapterPayload, type Grant, type KoaContextWithOIDC } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import { demoAccounts } from './demo-accounts.ts';
import { writeFileAtomic } from './files.ts';
import { keptIdleMs, loopback } from './ports.ts';
import { forConsoleAlone, interactionPath, show, signingIn } from './sign-in.ts';
import { noticePage, signOutPage } from './sign-in-page.ts';

/** What the local issuer's tokens are for, and the scopes that it grants to whoever asks. */
export const audience = 'image-share';
const resource = 'urn:image-share';
export const scopes = { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' } as const;
const grantable = Object.values(scopes).join(' ');

/** The claims of its tokens that name account and project. */
export const claims = { account: 'account', project: 'project' } as const;

/** Every program is a client of the local issuer, under the id that says whom it acts as, with this secret. */
const clientSecret = 'local';
const hourSeconds = 3_600;
const daySeconds = 86_400;

/** A client's id: the account, and the project that its tokens are bound to, if any. */
const clientIdOf = ({ account, project }: Asked): string => (project === undefined ? account : `${account}:${project}`);

interface Asked {
  readonly account: string;
  readonly project?: string | undefined;
}

/** The console: a public client, in which people sign in. */
export const consoleClientId = 'image-share-console';

const consoleClient = (origins: readonly string[]): AdapterPayload => ({
  client_id: consoleClientId,
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  response_types: ['code'],
  redirect_uris: origins.map((origin) => `${origin}/console/signed-in`),
  post_logout_redirect_uris: origins.map((origin) => `${origin}/console/signed-out`),
  scope: `openid ${scopes.tenant}`,
});

/** Every client id is known: the issuer stands on the loopback interface of a developer's machine and guards demo data. */
const clientsByName = (consoleOrigins: readonly string[]): Partial<Adapter> => ({
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

/** People are whom they say they are, under the name that the demo data give them, if any. */
const personNamed = (accountId: string): Account => {
  const { name = accountId } = demoAccounts.find((known) => known.accountId === accountId) ?? {};
  return { accountId, claims: () => ({ sub: accountId, name }) };
};

/** The console is granted all that it may ask for, so that nobody is asked for consent. */
async function grantOf({ oidc }: KoaContextWithOIDC): Promise<Grant> {
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

/** The signing key: kept in a file, so that tokens outlive a restart, or made for this run. */
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
  /** Of the API, which serves the console. */
  readonly apiPort: number;
  /** Keeps the signing key. Absent: tokens are worth nothing after this run. */
  readonly keyFile?: string | undefined;
  /** How long access tokens live. */
  readonly tokenSeconds?: number | undefined;
}

/**
 * Starts a real OpenID provider on the port. It issues access tokens in JWT format, as an issuer on AWS would: to programs
 * by their client credentials, to people who sign in to the console by an authorization code with PKCE.
 */
export async function startIssuer({
  port,
  apiPort,
  keyFile,
  tokenSeconds = hourSeconds,
}: IssuerOptions): Promise<{ issuer: string; server: Server }> {
  const issuer = `http://${loopback}:${port}`;
  const consoleOrigins = [loopback, 'localhost'].map((host) => `http://${host}:${apiPort}`);
  const clients = clientsByName(consoleOrigins) as Adapter;
  const provider = new Provider(issuer, {
    adapter: (model) => (model === 'Client' ? clients : new MemoryAdapter(model)),
    jwks: { keys: [await signingKey(keyFile)] },
    cookies: {
      keys: [crypto.randomUUID()],
      // Cookies of all ports of a host come together.
      names: { session: `session-${port}`, interaction: `interaction-${port}`, resume: `resume-${port}` },
    },
    scopes: ['openid', ...grantable.split(' ')],
    claims: { openid: ['sub', 'name'] },
    conformIdTokenClaims: false,
    findAccount: (_, accountId) => personNamed(accountId),
    loadExistingGrant: grantOf,
    interactions: { url: (_, { uid }) => `${interactionPath}${uid}` },
    clientBasedCORS: (_, origin) => consoleOrigins.includes(origin),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (exchange, form) => show(exchange, 200, signOutPage(form, consoleOrigins)),
        postLogoutSuccessSource: (exchange) => show(exchange, 200, noticePage('Signed out', 'You are signed out.')),
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
  provider.use(forConsoleAlone(consoleOrigins));
  provider.use(signingIn(provider, consoleOrigins));
  const server = provider.listen(port, loopback);
  server.keepAliveTimeout = keptIdleMs;
  await once(server, 'listening');
  return { issuer, server };
}

/** Gets an access token from the issuer. Throws what the issuer says when it refuses. */
export async function accessToken(
  issuer: string,
  { account, project, scope = scopes.tenant }: Asked & { readonly scope?: string | undefined },
): Promise<string> {
  const answer = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientIdOf({ account, project }),
      client_secret: clientSecret,
      scope,
    }),
  });
  const { access_token: token, error_description: reason } = (await answer.json()) as {
    access_token?: string;
    error_description?: string;
  };
  if (token === undefined) {
    throw new Error(`The local issuer gives no token: ${reason}`);
  }
  return token;
}
