import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { QueryClientProvider } from '@tanstack/react-query';
import type { User } from 'oidc-client-ts';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { type Api, apiWith } from '../api/client.ts';
import { createQueryClient } from '../api/query-client.ts';
import { Dialog } from '../components/dialog.tsx';
import { Loading } from '../components/loading.tsx';
import { usePreferences } from '../frame/preferences.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { announceSignOut, onSignOutElsewhere, userManager } from './session.ts';
import { SignInError } from './sign-in-error.tsx';

interface Session {
  readonly api: Api;
  /** Whom the identity provider signed in. */
  readonly subject: string;
  readonly signOut: () => void;
}

const SessionContext = createContext<Session | undefined>(undefined);

/** Removes the session from this tab. The user can still be signed in at the identity provider. */
async function clearSession(): Promise<void> {
  await (await userManager()).removeUser();
  location.assign('/console/signed-out');
}

/** Ends the session at the identity provider and in this tab, even if the provider fails or supports no sign-out. */
async function endSession(): Promise<void> {
  try {
    await (await userManager()).signoutRedirect();
  } catch {
    await clearSession();
  }
}

/** A page restored from the back/forward cache can belong to an expired session. */
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) {
    location.reload();
  }
});

/**
 * Redirects to the identity provider if nobody is signed in, and returns to the requested page. Renews an expired session in
 * a popup, so that the page keeps its state and the user's input.
 */
export function SessionProvider({ children }: { children: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const [user, setUser] = useState<User>();
  const [hasEnded, setHasEnded] = useState(false);
  const [isDismissed, setIsDismissed] = useState(false);
  const [isSigningIn, setIsSigningIn] = useState(false);
  const [hasFailed, setHasFailed] = useState(false);
  const [error, setError] = useState<string>();
  const token = useRef<string>(undefined);
  const { language } = usePreferences();
  const initialLanguage = useRef(language);
  // Other users and sessions start with a new page, and so with an empty cache.
  const [client] = useState(createQueryClient);

  const ended = useCallback(() => {
    setHasEnded(true);
    setIsDismissed(false);
  }, []);
  const api = useMemo(() => apiWith(() => token.current, ended), [ended]);

  useEffect(() => {
    void (async () => {
      try {
        const manager = await userManager();
        const found = await manager.getUser();
        if (found === null || found.expired) {
          const state = location.pathname.replace(/^\/console/, '') + location.search;
          await manager.signinRedirect({ state, ui_locales: initialLanguage.current });
          return;
        }
        token.current = found.access_token;
        setUser(found);
      } catch (failure) {
        console.error(failure);
        setHasFailed(true);
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
      // After a failed attempt, the provider might silently sign in the wrong account again, so ask for the login page.
      const again = await manager.signinPopup({ ui_locales: language, ...(error !== undefined && { prompt: 'login' }) });
      if (again.profile.sub !== user?.profile.sub) {
        setError(texts.otherAccount(user?.profile.sub ?? ''));
        return;
      }
      token.current = again.access_token;
      setError(undefined);
      setUser(again);
      setHasEnded(false);
      // Requests with the expired token can still be running. Their responses must not count.
      await client.cancelQueries();
      void client.invalidateQueries();
    } catch (failure) {
      console.error(failure);
      setError(texts.signInFailedText);
    } finally {
      setIsSigningIn(false);
    }
  };

  const subject = user?.profile.sub;
  const signOut = useCallback(() => {
    announceSignOut(subject);
    void endSession();
  }, [subject]);
  useEffect(
    () =>
      onSignOutElsewhere(subject, async () => {
        await clearSession();
      }),
    [subject],
  );

  const session = useMemo(() => (subject === undefined ? undefined : { api, subject, signOut }), [subject, api, signOut]);
  if (session === undefined) {
    return hasFailed ? <SignInError retry={location.href} /> : <Loading />;
  }
  return (
    <SessionContext value={session}>
      {hasEnded && isDismissed && (
        <Alert type="warning" action={<Button onClick={() => setIsDismissed(false)}>{texts.signIn}</Button>}>
          {texts.expiredTitle}
        </Alert>
      )}
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
      {hasEnded && !isDismissed && (
        <Dialog
          header={texts.expiredTitle}
          onClose={() => setIsDismissed(true)}
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
    throw new Error('useSession must be used within SessionProvider');
  }
  return session;
}
