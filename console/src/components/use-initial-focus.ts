import { useEffect, useEffectEvent } from 'react';

/**
 * Focuses a field when a dialog opens. The modal first focuses its close button, and remembers where to return the focus, in
 * its own effect. A microtask runs after the effects of all components and before the next event.
 */
export function useInitialFocus(find: () => { focus(): void } | null | undefined): void {
  const focus = useEffectEvent(() => find()?.focus());
  useEffect(() => {
    let isOpen = true;
    queueMicrotask(() => {
      if (isOpen) {
        focus();
      }
    });
    return () => {
      isOpen = false;
    };
  }, []);
}
