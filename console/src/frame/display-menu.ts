import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { usePreferences } from './preferences.tsx';

/** Marks an entry of a menu as chosen. */
export const checkedIf = (isChosen: boolean) => (isChosen ? { iconName: 'check' as const } : {});

/** The menu in the top bar for language and theme. */
export function useDisplayMenu(): TopNavigationProps.Utility {
  const texts = useTexts(commonTexts);
  const { language, theme, choose } = usePreferences();
  return {
    type: 'menu-dropdown',
    iconName: 'settings',
    ariaLabel: texts.appearance,
    title: texts.appearance,
    items: [
      {
        id: 'languages',
        text: texts.language,
        items: [
          { id: 'en', text: 'English', ...checkedIf(language === 'en') },
          { id: 'zh', text: '简体中文', ...checkedIf(language === 'zh') },
        ],
      },
      {
        id: 'themes',
        text: texts.theme,
        items: [
          { id: 'light', text: texts.light, ...checkedIf(theme === 'light') },
          { id: 'dark', text: texts.dark, ...checkedIf(theme === 'dark') },
        ],
      },
    ],
    onItemClick: ({ detail: { id: choice } }) => {
      if (choice === 'en' || choice === 'zh') {
        choose({ language: choice });
      } else if (choice === 'light' || choice === 'dark') {
        choose({ theme: choice });
      }
    },
  };
}
