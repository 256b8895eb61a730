import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Loading } from '../parts/loading.tsx';
import { userManager } from './session.ts';
import { SignInTrouble } from './sign-in-trouble.tsx';

/** Where the issuer sends people back to, in this window or in one that was opened for it. */
export function SignedIn() {
  const navigate = useNavigate();
  const [trouble, setTrouble] = useState<string>();
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
        setTrouble((failure as Error).message);
      }
    })();
  }, [navigate]);
  return trouble === undefined ? <Loading /> : <SignInTrouble trouble={trouble} />;
}
