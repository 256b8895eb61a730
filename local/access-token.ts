/** What the local issuer and its clients have in common, and access tokens from it. */
/** The audience of the local issuer's tokens, and the scopes that it grants to every client. */
export const audience = 'image-share';
export const scopes = { tenant: 'image-share', compute: 'image-share:compute', operator: 'image-share:operator' } as const;

/** The token claims with the account ID and the project ID. */
export const claims = { account: 'account', project: 'project' } as const;

/** The secret of every confidential client. The client ID determines which account and project it acts as. */
export const clientSecret = 'local';
/** The client ID of the console, a public client where people sign in. */
export const consoleClientId = 'image-share-console';

interface Identity {
  readonly account: string;
  /** The only project that the tokens can act as. Default: all projects of the account. */
  readonly project?: string | undefined;
}

const clientIdOf = ({ account, project }: Identity): string => (project === undefined ? account : `${account}:${project}`);

/** Gets an access token from the issuer. Throws an error with the issuer's description if it denies the request. */
export async function accessToken(
  issuer: string,
  { account, project, scope = scopes.tenant }: Identity & { readonly scope?: string | undefined },
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientIdOf({ account, project }),
      client_secret: clientSecret,
      scope,
    }),
  });
  const { access_token: token, error_description: reason } = (await response.json()) as {
    access_token?: string;
    error_description?: string;
  };
  if (token === undefined) {
    throw new Error(`The local OpenID Connect provider didn't issue a token: ${reason}`);
  }
  return token;
}
