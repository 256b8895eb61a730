import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Loading } from '../components/loading.tsx';
import { userManager } from './session.ts';
import { SignInError } from './sign-in-error.tsx';

/** The OpenID Connect redirect URI, for the page and for the popup. */
export function SignedIn() {
  const navigate = useNavigate();
  const [hasFailed, setHasFailed] = useState(false);
  // The authorization code works only once, and effects run twice in development.
  const isTaken = useRef(false);
  useEffect(() => {
    if (isTaken.current) {
      return;
    }
    isTaken.current = true;
    void (async () => {
      try {
        const user = await (await userManager()).signinCallback();
        if (user !== undefined) {
          await navigate(typeof user.state === 'string' ? user.state : '/images', { replace: true });
        }
      } catch (failure) {
        console.error(failure);
        setHasFailed(true);
      }
    })();
  }, [navigate]);
  return hasFailed ? <SignInError /> : <Loading />;
}
