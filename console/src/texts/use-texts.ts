import { usePreferences } from '../frame/preferences.tsx';

/** The texts of one part of the console: the same keys in both languages. Texts with placeholders are functions. */
export interface Texts<Keys> {
  readonly en: Keys;
  readonly zh: Keys;
}

/** The texts in the chosen language. */
export function useTexts<Keys>(texts: Texts<Keys>): Keys {
  const { language } = usePreferences();
  return texts[language];
}
