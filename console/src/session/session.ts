import { UserManager, WebStorageStateStore } from 'oidc-client-ts';

/** The sign-in configuration that the service publishes. */
interface Configuration {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

let manager: Promise<UserManager> | undefined;

/** Authorization code flow with PKCE. Tokens are stored in sessionStorage, for this tab only. */
export function userManager(): Promise<UserManager> {
  manager ??= fetch('/console/config.json').then(async (response) => {
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
  return manager;
}

/** A BroadcastChannel doesn't deliver messages to the tab that sends them. */
const tabs = new BroadcastChannel('image-sharing-signed-out');

export const announceSignOut = (subject: string | undefined): void => tabs.postMessage(subject);

/** Subscribes to sign-outs of the same user in other tabs. Returns the function that unsubscribes. */
export function onSignOutElsewhere(subject: string | undefined, then: () => void): () => void {
  const onMessage = ({ data }: MessageEvent) => {
    if (subject !== undefined && data === subject) {
      then();
    }
  };
  tabs.addEventListener('message', onMessage);
  return () => tabs.removeEventListener('message', onMessage);
}
