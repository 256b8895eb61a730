import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { loadedNames } from '../api/loaded-names.ts';
import { usePreferences } from '../frame/preferences.tsx';
import { usePrincipalKind } from '../frame/workspace.tsx';
import { commonTexts } from './common.ts';
import { chineseFor, english, type ServiceTexts } from './service-texts.ts';
import { useTexts } from './use-texts.ts';
import { withNames } from './with-names.ts';

/** The texts of the service, with the names of images and recipients where these are known. */
export function useServiceTexts(): ServiceTexts {
  const { language } = usePreferences();
  const kind = usePrincipalKind();
  const { named } = useTexts(commonTexts);
  const client = useQueryClient();
  return useMemo(() => {
    const texts = language === 'zh' ? chineseFor(kind) : english;
    const withLoadedNames = (text: string) => withNames(text, loadedNames(client), named);
    return {
      ...texts,
      detailOf: (document) => withLoadedNames(texts.detailOf(document)),
      reasonOf: (...args) => withLoadedNames(texts.reasonOf(...args)),
    };
  }, [language, kind, named, client]);
}
