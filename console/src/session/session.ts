import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** What the service says of signing in. */
interface Configuration {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

let made: Promise<UserManager> | undefined;

/** The client of the issuer: authorization code with PKCE. Tokens are kept for this tab alone. */
export function userManager(): Promise<UserManager> {
  made ??= fetch('/console/config.json').then(async (answer) => {
    const { issuer, clientId, scope } = (await answer.json()) as Configuration;
    const page = `${location.origin}/console/signed-in`;
    return new UserManager({
      authority: issuer,
      client_id: clientId,
      scope,
      redirect_uri: page,
      popup_redirect_uri: page,
      post_logout_redirect_uri: `${location.origin}/console/signed-out`,
      response_type: 'code',
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      automaticSilentRenew: false,
      monitorSession: false,
      loadUserInfo: false,
    });
  });
  return made;
}
