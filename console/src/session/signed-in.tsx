import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Loading } from '../components/loading.tsx';
import { userManager } from './session.ts';
import { SignInError } from './sign-in-error.tsx';

/** Where the issuer sends people back to, in this window or in one that was opened for it. */
export function SignedIn() {
  const navigate = useNavigate();
  const [error, setError] = useState<string>();
  // The code in the address can be used once, and effects run twice in development.
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
        setError((failure as Error).message);
      }
    })();
  }, [navigate]);
  return error === undefined ? <Loading /> : <SignInError error={error} />;
}
