import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useNavigate } from 'react-router';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { regionTexts } from '../texts/regions.ts';
import { useTexts } from '../texts/use-texts.ts';
import { checkedIf, useDisplayMenu } from './display-menu.ts';
import { useNotices } from './notices.tsx';
import { useRegionName } from './use-region-name.ts';
import { useHrefTo, useSwitchWorkspace, useWorkspace } from './workspace.tsx';

type Utility = TopNavigationProps.Utility;

export function TopBar() {
  const texts = useTexts(commonTexts);
  const hrefTo = useHrefTo();
  const navigate = useNavigate();
  const { region, account } = useWorkspace();
  const hasProjects = region.principalKind === 'project' && account.projects.length > 0;
  const [regions, projects, display, user] = [useRegionMenu(), useProjectMenu(), useDisplayMenu(), useAccountMenu()];
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
        utilities={hasProjects ? [regions, projects, display, user] : [regions, display, user]}
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
  const nameOf = useRegionName();
  const policies = [...new Set(regions.map(({ policy }) => policy))];
  return {
    type: 'menu-dropdown',
    text: nameOf(region.region),
    title: texts.region,
    description: policies.length > 1 ? rulesDiffer : '',
    ariaLabel: texts.labeled(texts.region, nameOf(region.region)),
    items: policies.map((policy) => ({
      text: clouds[policy] ?? policy,
      items: regions
        .filter((one) => one.policy === policy)
        .map(({ region: id }) => ({
          id,
          text: cities[id] ?? id,
          ...(cities[id] !== undefined && { secondaryText: id }),
          ...checkedIf(id === region.region && unusable === undefined),
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
      ...checkedIf(one.projectId === project && unusable === undefined),
    })),
    onItemClick: ({ detail }) => switchTo({ project: detail.id }),
  };
}

/** The IDs that owners need to share images with the user. */
function useAccountMenu(): Utility {
  const texts = useTexts(commonTexts);
  const { signOut } = useSession();
  const { notify } = useNotices();
  const { account, project } = useWorkspace();
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
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
    items: [
      { id: 'details', text: texts.accountDetails, href: `/console${hrefTo('/account')}` },
      ...ids.map(({ id, text, value }) => ({ id, text, secondaryText: value, iconName: 'copy' as const })),
      { id: 'sign-out', text: texts.signOut },
    ],
    onItemClick: (event) => {
      const { id } = event.detail;
      const chosen = ids.find((one) => one.id === id);
      if (id === 'sign-out') {
        signOut();
      } else if (chosen !== undefined) {
        void copy(chosen.value);
      } else {
        event.preventDefault();
        void navigate(hrefTo('/account'));
      }
    },
  };
}
