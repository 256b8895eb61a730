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
  made ??= fetch('/console/config.json').then(async (response) => {
    const { issuer, clientId, scope } = (await response.json()) as Configuration;
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

/** All tabs of the browser. A message does not come back to the tab that sends it. */
const tabs = new BroadcastChannel('image-sharing-signed-out');

/** Says in the browser's other tabs that somebody signed out. */
export const announceSignOut = (subject: string | undefined): void => tabs.postMessage(subject);

/** Calls back when the same person signs out in another tab. Gives what ends it. */
export function onSignOutElsewhere(subject: string | undefined, then: () => void): () => void {
  const hear = ({ data }: MessageEvent) => {
    if (subject !== undefined && data === subject) {
      then();
    }
  };
  tabs.addEventListener('message', hear);
  return () => tabs.removeEventListener('message', hear);
}
