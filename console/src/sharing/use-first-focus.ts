import { type RefObject, useEffect } from 'react';

/**
 * Gives a dialog's field the focus once the dialog has opened. The dialog itself first gives it to its close button, and
 * remembers then where to give it back to, which it could not do if the field had it from the start.
 */
export function useFirstFocus(field: RefObject<{ focus(): void } | null>): void {
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus(), 0);
    return () => clearTimeout(timer);
  }, [field]);
}
