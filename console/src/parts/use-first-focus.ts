import { useEffect, useEffectEvent } from 'react';

/**
 * Gives a dialog's field the focus once the dialog has opened. The dialog itself first gives it to its close button, and
 * remembers then where to give it back to, which it could not do if the field had it from the start.
 */
export function useFirstFocus(find: () => { focus(): void } | null | undefined): void {
  const focus = useEffectEvent(() => find()?.focus());
  useEffect(() => {
    const timer = setTimeout(() => focus());
    return () => clearTimeout(timer);
  }, []);
}
