import { useMemo } from 'react';
import { usePreferences } from '../frame/preferences.tsx';
import { usePrincipalKind } from '../frame/workspace.tsx';
import { chineseFor, english, type ServiceTexts } from './service-texts.ts';

export function useServiceTexts(): ServiceTexts {
  const { language } = usePreferences();
  const kind = usePrincipalKind();
  return useMemo(() => (language === 'zh' ? chineseFor(kind) : english), [language, kind]);
}
