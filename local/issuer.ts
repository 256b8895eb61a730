import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider, { type Adapter } from 'oidc-provider';
import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import { writeWhole } from './files.ts';
import { keptIdleMs, loopback } from './ports.ts';

/** What the local issuer's tokens are for, and the scopes that it grants to whoever asks. */
export const audience = 'image-share';
const resource = 'urn:image-share';
export const scopes = { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' } as const;
const grantable = Object.values(scopes).join(' ');

/** The claims of its tokens that name account and project. */
export const claims = { account: 'account', project: 'project' } as const;

/** Every program is a client of the local issuer, under the id that says whom it acts as, with this secret. */
const clientSecret = 'local';
const tokenSeconds = 3_600;

/** A client's id: the account, and the project that its tokens are bound to, if any. */
const clientIdOf = ({ account, project }: Asked): string => (project === undefined ? account : `${account}:${project}`);

interface Asked {
  readonly account: string;
  readonly project?: string | undefined;
}

/** Every client id is known: the issuer stands on the loopback interface of a developer's machine and guards demo data. */
const clientsByName: Partial<Adapter> = {
  find: async (id) => ({
    client_id: id,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    scope: grantable,
  }),
};

/** The signing key: kept in a file, so that tokens outlive a restart, or made for this run. */
async function signingKey(file?: string): Promise<JWK> {
  if (file !== undefined && existsSync(file)) {
    return JSON.parse(readFileSync(file, 'utf8'));
  }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: crypto.randomUUID() };
  if (file !== undefined) {
    writeWhole(file, JSON.stringify(key));
  }
  return key;
}

/** Starts a real OpenID provider on the port. It issues access tokens in JWT format, as an issuer on AWS would. */
export async function startIssuer(port: number, keyFile?: string): Promise<{ issuer: string; server: Server }> {
  const issuer = `http://${loopback}:${port}`;
  const provider = new Provider(issuer, {
    adapter: (model) => (model === 'Client' ? (clientsByName as Adapter) : new MemoryAdapter(model)),
    jwks: { keys: [await signingKey(keyFile)] },
    cookies: { keys: [crypto.randomUUID()] },
    scopes: ['openid', ...grantable.split(' ')],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: () => ({ scope: grantable, audience, accessTokenFormat: 'jwt', accessTokenTTL: tokenSeconds }),
        useGrantedResource: () => true,
      },
    },
    ttl: { ClientCredentials: tokenSeconds },
    formats: {
      customizers: {
        jwt: (_, token, { payload }) => {
          const [account, project] = String(token.clientId).split(':');
          Object.assign(payload, {
            sub: account,
            [claims.account]: account,
            ...(project !== undefined && { [claims.project]: project }),
          });
        },
      },
    },
  });
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
