import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { User } from 'oidc-client-ts';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { type Api, apiWith } from '../api/client.ts';
import { announceRenewal } from '../api/renewal.ts';
import { Dialog } from '../components/dialog.tsx';
import { Loading } from '../components/loading.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { announceSignOut, onSignOutElsewhere, userManager } from './session.ts';
import { SignInError } from './sign-in-error.tsx';

interface Session {
  readonly api: Api;
  readonly signOut: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Forgets the session here; the issuer may still know who signed in. */
async function forget(): Promise<void> {
  await (await userManager()).removeUser();
  location.assign('/console/signed-out');
}

/** Ends the session at the issuer and here. An issuer that cannot be reached, or ends none, does not keep it alive here. */
async function leave(): Promise<void> {
  try {
    await (await userManager()).signoutRedirect();
  } catch {
    await forget();
  }
}

/** A page that the browser kept whole, and shows again on the way back, may be of a session that has ended. */
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) {
    location.reload();
  }
});

/**
 * Whoever is not signed in is sent to the issuer, and comes back to the page that was asked for. A session that ends is
 * begun again in a window of its own, so that the page and what was typed there stay.
 */
export function SessionProvider({ children }: { children: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const [user, setUser] = useState<User>();
  const [hasEnded, setHasEnded] = useState(false);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const [error, setError] = useState<string>();
  const token = useRef<string>(undefined);

  const ended = useCallback(() => setHasEnded(true), []);
  const api = useMemo(() => apiWith(() => token.current, ended), [ended]);

  useEffect(() => {
    void (async () => {
      try {
        const manager = await userManager();
        const found = await manager.getUser();
        if (found === null || found.expired) {
          await manager.signinRedirect({ state: location.pathname.replace(/^\/console/, '') + location.search });
          return;
        }
        token.current = found.access_token;
        setUser(found);
      } catch (failure) {
        setError((failure as Error).message);
      }
    })();
  }, []);

  useEffect(() => {
    if (user?.expires_in === undefined) {
      return;
    }
    const timer = setTimeout(ended, Math.max(0, user.expires_in) * 1_000);
    return () => clearTimeout(timer);
  }, [user, ended]);

  const signInAgain = async () => {
    setIsSigningIn(true);
    try {
      const manager = await userManager();
      // After a first try the issuer may know another account, as which it would sign in once more without asking.
      const again = await manager.signinPopup(error === undefined ? {} : { prompt: 'login' });
      if (again.profile.sub !== user?.profile.sub) {
        setError(texts.otherAccount(user?.profile.sub ?? ''));
        return;
      }
      token.current = again.access_token;
      setError(undefined);
      setUser(again);
      setHasEnded(false);
      announceRenewal();
    } catch (failure) {
      setError(`${texts.signInFailed}: ${(failure as Error).message}`);
    } finally {
      setIsSigningIn(false);
    }
  };

  const subject = user?.profile.sub;
  const signOut = useCallback(() => {
    announceSignOut(subject);
    void leave();
  }, [subject]);
  useEffect(
    () =>
      onSignOutElsewhere(subject, async () => {
        await forget();
      }),
    [subject],
  );

  const session = useMemo(() => user && { api, signOut }, [user, api, signOut]);
  if (session === undefined) {
    return error === undefined ? <Loading /> : <SignInError error={error} retry={location.href} />;
  }
  return (
    <SessionContext value={session}>
      {children}
      {hasEnded && (
        <Dialog
          header={texts.expiredTitle}
          onClose={() => setHasEnded(false)}
          action={{ text: texts.signIn, isRunning: isSigningIn, run: () => void signInAgain() }}
        >
          <Box>{texts.expiredText}</Box>
          {error !== undefined && <StatusIndicator type="error">{error}</StatusIndicator>}
        </Dialog>
      )}
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) {
    throw new Error('The session is used outside of its provider');
  }
  return session;
}
