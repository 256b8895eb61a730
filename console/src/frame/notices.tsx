import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import type { Image } from '../api/client.ts';

export interface Notice {
  readonly type: FlashbarProps.Type;
  readonly text: string;
  /** What the message is about. `to` is a path of the console. */
  readonly link?: { readonly text: string; readonly to: string };
  /** An image that the change made. The message links to it, and while it is `in-progress`, follows its state. */
  readonly image?: Image;
}

interface Notices {
  /** At most one of each type. */
  readonly shown: readonly Notice[];
  /** Shows a flash message until another one of its type, or until the user dismisses it or leaves the page. */
  readonly notify: (notice: Notice) => void;
  readonly dismiss: (notice: Notice) => void;
}

/** The state of a navigation that is part of a change, whose message must stay. */
export const keepNotices = { keepsNotices: true } as const;

const isKept = (state: unknown): boolean => typeof state === 'object' && state !== null && 'keepsNotices' in state;

const NoticesContext = createContext<Notices | undefined>(undefined);

export function NoticesProvider({ children }: { children: React.ReactNode }) {
  const { pathname, state } = useLocation();
  const [shown, setShown] = useState<readonly Notice[]>([]);
  const notify = useCallback(
    (notice: Notice) => setShown((before) => [notice, ...before.filter(({ type }) => type !== notice.type)]),
    [],
  );
  const dismiss = useCallback((notice: Notice) => setShown((before) => before.filter((one) => one !== notice)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is a new page.
  useEffect(() => {
    if (!isKept(state)) {
      setShown([]);
    }
  }, [pathname]);
  const value = useMemo(() => ({ shown, notify, dismiss }), [shown, notify, dismiss]);
  return <NoticesContext value={value}>{children}</NoticesContext>;
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) {
    throw new Error('useNotices must be used within NoticesProvider');
  }
  return notices;
}
