import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useNavigate } from 'react-router';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { regionTexts } from '../texts/regions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useNotices } from './notices.tsx';
import { usePreferences } from './preferences.tsx';
import { useHrefTo, useSwitchWorkspace, useWorkspace } from './workspace.tsx';

type Utility = TopNavigationProps.Utility;

/** The top bar while there is no workspace. */
export function PlainTopBar() {
  const texts = useTexts(commonTexts);
  return (
    <header>
      <TopNavigation identity={{ href: '/console/', title: texts.product }} utilities={[useSettingsMenu()]} />
    </header>
  );
}

export function TopBar() {
  const texts = useTexts(commonTexts);
  const hrefTo = useHrefTo();
  const navigate = useNavigate();
  const { region } = useWorkspace();
  const utilities = [useRegionMenu(), useProjectMenu(), useSettingsMenu(), useAccountMenu()] as const;
  const [regions, projects, settings, account] = utilities;
  return (
    <div id="top" style={{ position: 'sticky', top: 0, zIndex: 1002 }}>
      <TopNavigation
        identity={{
          href: `/console${hrefTo('/images')}`,
          title: texts.product,
          onFollow: (event) => {
            event.preventDefault();
            void navigate(hrefTo('/images'));
          },
        }}
        utilities={region.principalKind === 'project' ? [regions, projects, settings, account] : [regions, settings, account]}
        i18nStrings={{ overflowMenuTriggerText: texts.more, overflowMenuTitleText: texts.more }}
      />
    </div>
  );
}

/** The regions of each cloud, by city. */
function useRegionMenu(): Utility {
  const texts = useTexts(commonTexts);
  const { clouds, cities, rulesDiffer } = useTexts(regionTexts);
  const { regions, region, unusable } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const policies = [...new Set(regions.map(({ policy }) => policy))];
  return {
    type: 'menu-dropdown',
    text: cities[region.region] ?? region.region,
    title: texts.region,
    description: policies.length > 1 ? rulesDiffer : '',
    ariaLabel: texts.labeled(
      texts.region,
      [region.region, cities[region.region]].filter((one) => one !== undefined).join(texts.listSeparator),
    ),
    items: policies.map((policy) => ({
      text: clouds[policy] ?? policy,
      items: regions
        .filter((one) => one.policy === policy)
        .map(({ region: id }) => ({
          id,
          text: cities[id] ?? id,
          ...(cities[id] !== undefined && { secondaryText: id }),
          disabled: id === region.region && unusable === undefined,
        })),
    })),
    onItemClick: ({ detail }) => switchTo({ region: detail.id }),
  };
}

function useProjectMenu(): Utility {
  const texts = useTexts(commonTexts);
  const { account, project, unusable } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const name = account.projects.find(({ projectId }) => projectId === project)?.name ?? project;
  return {
    type: 'menu-dropdown',
    text: name === undefined ? texts.project : texts.labeled(texts.project, name),
    ariaLabel: name === undefined ? texts.project : texts.labeled(texts.project, `${name} (${project})`),
    items: account.projects.map((one) => ({
      id: one.projectId,
      text: `${one.name} (${one.projectId})`,
      disabled: one.projectId === project && unusable === undefined,
    })),
    onItemClick: ({ detail }) => switchTo({ project: detail.id }),
  };
}

function useSettingsMenu(): Utility {
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
          { id: 'en', text: 'English', disabled: language === 'en' },
          { id: 'zh', text: '简体中文', disabled: language === 'zh' },
        ],
      },
      {
        id: 'themes',
        text: texts.theme,
        items: [
          { id: 'light', text: texts.light, disabled: theme === 'light' },
          { id: 'dark', text: texts.dark, disabled: theme === 'dark' },
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

/** The IDs that owners need to share images with the user. */
function useAccountMenu(): Utility {
  const texts = useTexts(commonTexts);
  const { signOut } = useSession();
  const { notify } = useNotices();
  const { account, project } = useWorkspace();
  const ids = [
    { id: 'account', text: texts.copyAccountId, value: account.accountId },
    ...(project === undefined ? [] : [{ id: 'project', text: texts.copyProjectId, value: project }]),
  ];
  const copy = async (value: string) => {
    try {
      await navigator.clipboard.writeText(value);
      notify({ type: 'success', text: texts.copiedId(value) });
    } catch {
      notify({ type: 'error', text: texts.labeled(texts.copyFailed, value) });
    }
  };
  return {
    type: 'menu-dropdown',
    iconName: 'user-profile',
    text: account.name,
    description: account.accountId,
    items: [
      ...ids.map(({ id, text, value }) => ({ id, text, secondaryText: value, iconName: 'copy' as const })),
      { id: 'sign-out', text: texts.signOut },
    ],
    onItemClick: ({ detail }) => {
      const chosen = ids.find(({ id }) => id === detail.id);
      if (chosen === undefined) {
        signOut();
      } else {
        void copy(chosen.value);
      }
    },
  };
}
