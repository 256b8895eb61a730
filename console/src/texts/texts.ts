import { usePreferences } from '../frame/preferences.tsx';

/** The texts of a part of the console: the same names in both languages; those with gaps are functions. */
export interface Texts<Names> {
  readonly en: Names;
  readonly zh: Names;
}

/** The texts in the language that is chosen. */
export function useTexts<Names>(texts: Texts<Names>): Names {
  const { language } = usePreferences();
  return texts[language];
}
