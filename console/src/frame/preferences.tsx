import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { createContext, useContext, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { readLocal, writeLocal } from '../components/local-storage.ts';

type Language = 'en' | 'zh';
type Theme = 'light' | 'dark';

/** Choices that are stored in this browser. */
interface StoredPreferences {
  readonly language?: Language;
  readonly theme?: Theme;
  readonly region?: string;
  readonly project?: string;
}

interface Preferences extends StoredPreferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly choose: (change: StoredPreferences) => void;
}

const key = 'image-sharing-preferences';

/** Drops stored values that are no longer valid choices. */
function storedChoices(): StoredPreferences {
  const { language, theme, region, project } = (readLocal(key) ?? {}) as Readonly<Record<keyof StoredPreferences, unknown>>;
  return {
    ...((language === 'en' || language === 'zh') && { language }),
    ...((theme === 'light' || theme === 'dark') && { theme }),
    ...(typeof region === 'string' && { region }),
    ...(typeof project === 'string' && { project }),
  };
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const onBrowserPreferenceChange = (changed: () => void): (() => void) => {
  prefersDark.addEventListener('change', changed);
  addEventListener('languagechange', changed);
  return () => {
    prefersDark.removeEventListener('change', changed);
    removeEventListener('languagechange', changed);
  };
};

const PreferencesContext = createContext<Preferences | undefined>(undefined);

/** Falls back to the language and color scheme of the browser, and follows their changes. */
export function PreferencesProvider({ children }: { children: React.ReactNode }) {
  const [chosen, setChosen] = useState(storedChoices);
  const theme = useSyncExternalStore(
    onBrowserPreferenceChange,
    (): Theme => chosen.theme ?? (prefersDark.matches ? 'dark' : 'light'),
  );
  const language = useSyncExternalStore(
    onBrowserPreferenceChange,
    (): Language => chosen.language ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en'),
  );
  useLayoutEffect(() => {
    applyMode(theme === 'dark' ? Mode.Dark : Mode.Light);
  }, [theme]);
  const value = useMemo(
    (): Preferences => ({
      ...chosen,
      language,
      theme,
      choose: (change) =>
        setChosen((before) => {
          // Another tab can have stored other choices since.
          writeLocal(key, { ...storedChoices(), ...change });
          return { ...before, ...change };
        }),
    }),
    [chosen, language, theme],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === undefined) {
    throw new Error('usePreferences must be used within PreferencesProvider');
  }
  return preferences;
}
