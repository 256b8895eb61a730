import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';

type Language = 'en' | 'zh';
type Theme = 'light' | 'dark';

/** What a person chose, kept in this browser. */
interface Kept {
  readonly language: Language;
  readonly theme: Theme;
  readonly region?: string | undefined;
  readonly project?: string | undefined;
}

interface Preferences extends Kept {
  readonly choose: (change: Partial<Kept>) => void;
}

const key = 'image-sharing-preferences';

/** The browser's own wishes, until somebody chooses. */
const wished = (): Kept => ({
  language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
});

function kept(): Kept {
  try {
    return { ...wished(), ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept>) };
  } catch {
    return wished();
  }
}

const PreferencesContext = createContext<Preferences | undefined>(undefined);

export function PreferencesProvider({ children }: { children: React.ReactNode }) {
  const [preferences, setPreferences] = useState(kept);
  useEffect(() => {
    applyMode(preferences.theme === 'dark' ? Mode.Dark : Mode.Light);
  }, [preferences.theme]);
  const value = useMemo(
    (): Preferences => ({
      ...preferences,
      choose: (change) =>
        setPreferences((before) => {
          const after = { ...before, ...change };
          localStorage.setItem(key, JSON.stringify(after));
          return after;
        }),
    }),
    [preferences],
  );
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === undefined) {
    throw new Error('Preferences are used outside of their provider');
  }
  return preferences;
}
