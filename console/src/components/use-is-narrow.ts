import { useSyncExternalStore } from 'react';

/** Below this width, Cloudscape has its layout for phones. */
const narrow = matchMedia('(max-width: 688px)');

const subscribe = (onChange: () => void) => {
  narrow.addEventListener('change', onChange);
  return () => narrow.removeEventListener('change', onChange);
};

export const useIsNarrow = (): boolean => useSyncExternalStore(subscribe, () => narrow.matches);
