import { useEffect, useEffectEvent } from 'react';

/**
 * Gives a dialog's field the focus when the dialog opens. The dialog itself first focuses its close button and remembers
 * where to return the focus to, in an effect of its own. A microtask runs after the effects of all components and before
 * the next event, so nobody types or clicks in between.
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
