import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface Notice {
  readonly type: FlashbarProps.Type;
  readonly text: string;
}

interface Shown extends Notice {
  readonly id: string;
  /** The number of the page view that showed it. */
  readonly page: number;
}

interface Notices {
  readonly shown: readonly Shown[];
  /** Shows a flash message. It survives one navigation, unless it is dismissed or displaced by newer messages. */
  readonly notify: (notice: Notice) => void;
  readonly dismiss: (id: string) => void;
}

const shownMax = 5;
const NoticesContext = createContext<Notices | undefined>(undefined);

export function NoticesProvider({ children }: { children: React.ReactNode }) {
  const { pathname } = useLocation();
  const page = useRef(0);
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const notify = useCallback((notice: Notice) => {
    setShown((before) => [{ ...notice, id: crypto.randomUUID(), page: page.current }, ...before].slice(0, shownMax));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is a new page view.
  useEffect(() => {
    page.current += 1;
    setShown((before) => before.filter((one) => one.page >= page.current - 1));
  }, [pathname]);
  const dismiss = useCallback((id: string) => setShown((before) => before.filter((one) => one.id !== id)), []);
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

export function NoticeBar() {
  const texts = useTexts(commonTexts);
  const { shown, dismiss } = useNotices();
  return (
    <Flashbar
      i18nStrings={{ ariaLabel: texts.notifications }}
      items={shown.map(({ id, type, text }) => ({
        id,
        type,
        content: text,
        dismissible: true,
        dismissLabel: texts.close,
        onDismiss: () => dismiss(id),
      }))}
    />
  );
}
