import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

interface Notice {
  readonly type: FlashbarProps.Type;
  readonly text: string;
}

interface Notices {
  readonly shown: readonly (Notice & { readonly id: string })[];
  /** Says above the page what came of something, until it is dismissed or ten newer ones came. */
  readonly tell: (notice: Notice) => void;
  readonly dismiss: (id: string) => void;
}

const shownMax = 10;
const NoticesContext = createContext<Notices | undefined>(undefined);

export function NoticesProvider({ children }: { children: React.ReactNode }) {
  const [shown, setShown] = useState<Notices['shown']>([]);
  const tell = useCallback((notice: Notice) => {
    setShown((before) => [{ ...notice, id: crypto.randomUUID() }, ...before].slice(0, shownMax));
  }, []);
  const dismiss = useCallback((id: string) => setShown((before) => before.filter((one) => one.id !== id)), []);
  const value = useMemo(() => ({ shown, tell, dismiss }), [shown, tell, dismiss]);
  return <NoticesContext value={value}>{children}</NoticesContext>;
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (notices === undefined) {
    throw new Error('Notices are used outside of their provider');
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
