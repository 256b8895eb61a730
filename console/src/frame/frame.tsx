import Alert from '@cloudscape-design/components/alert';
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useLocation, useNavigate } from 'react-router';
import { LoadError, type LoadErrorProps } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Breadcrumbs, BreadcrumbsProvider, useLastBreadcrumb } from './breadcrumbs.tsx';
import { NoProject, UnusableWorkspace } from './no-workspace.tsx';
import { NoticeBar, NoticesProvider } from './notices.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { usePreferences } from './preferences.tsx';
import { useHrefTo, useSwitchWorkspace, useWorkspace, WorkspaceProvider } from './workspace.tsx';

/** The top bar, navigation, and notifications around every page. */
export const Frame = ({ children }: { children: React.ReactNode }) => (
  <WorkspaceProvider fallback={(query) => (query.errorUpdateCount === 0 ? <Loading /> : <NoWorkspace query={query} />)}>
    <NoticesProvider>
      <TopBar />
      <BreadcrumbsProvider>
        <Layout>{children}</Layout>
      </BreadcrumbsProvider>
    </NoticesProvider>
  </WorkspaceProvider>
);

/** Shown if the account or the regions can't be loaded. The user can retry, or sign in with a different account. */
function NoWorkspace({ query }: LoadErrorProps) {
  const texts = useTexts(commonTexts);
  const { signOut } = useSession();
  const isUnknown = query.error?.document?.code === 'AccountNotFound';
  return (
    <main>
      <Box padding="xxl">
        <SpaceBetween size="m">
          {isUnknown ? <Alert type="warning">{texts.unknownAccount}</Alert> : <LoadError query={query} />}
          <Button onClick={signOut}>{isUnknown ? texts.signInDifferently : texts.signOut}</Button>
        </SpaceBetween>
      </Box>
    </main>
  );
}

function TopBar() {
  const texts = useTexts(commonTexts);
  const { signOut } = useSession();
  const { regions, region, account, project, unusable } = useWorkspace();
  const switchTo = useSwitchWorkspace();
  const hrefTo = useHrefTo();
  const { language, theme, choose } = usePreferences();
  const navigate = useNavigate();
  const projectName = account.projects.find(({ projectId }) => projectId === project)?.name;
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
        utilities={[
          {
            type: 'menu-dropdown',
            text: region.region,
            ariaLabel: texts.labeled(texts.region, region.region),
            items: regions.map((one) => ({
              id: one.region,
              text: one.region,
              disabled: one.region === region.region && unusable === undefined,
            })),
            onItemClick: ({ detail }) => switchTo({ region: detail.id }),
          },
          ...(region.principalKind === 'project'
            ? [
                {
                  type: 'menu-dropdown' as const,
                  text: project === undefined ? texts.project : texts.labeled(texts.project, projectName ?? project),
                  ariaLabel:
                    project === undefined
                      ? texts.project
                      : texts.labeled(texts.project, `${projectName ?? project} (${project})`),
                  items: account.projects.map((one) => ({
                    id: one.projectId,
                    text: `${one.name} (${one.projectId})`,
                    disabled: one.projectId === project && unusable === undefined,
                  })),
                  onItemClick: ({ detail }: { detail: { id: string } }) => switchTo({ project: detail.id }),
                },
              ]
            : []),
          {
            type: 'menu-dropdown',
            iconName: 'settings',
            ariaLabel: texts.settings,
            title: texts.settings,
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
          },
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: account.name,
            description: account.accountId,
            items: [{ id: 'sign-out', text: texts.signOut }],
            onItemClick: signOut,
          },
        ]}
        i18nStrings={{ overflowMenuTriggerText: texts.more, overflowMenuTitleText: texts.more }}
      />
    </div>
  );
}

function Layout({ children }: { children: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const links = [
    ['/images', texts.customImages],
    ['/shared-images', texts.sharedImages],
    ['/instances', texts.instances],
    ['/activity', texts.activity],
    ['/account', texts.account],
    ['/access-checker', texts.accessChecker],
  ] as const;
  const { region, project, unusable } = useWorkspace();
  const hrefTo = useHrefTo();
  // The account itself exists without a project.
  const isWithoutProject =
    region.principalKind === 'project' &&
    project === undefined &&
    links.some(([path]) => path !== '/account' && pathname.startsWith(path));
  const end = useLastBreadcrumb();
  const active = end?.below ?? links.find(([path]) => pathname.startsWith(path))?.[0] ?? '';
  return (
    <AppLayoutToolbar
      headerSelector="#top"
      toolsHide
      navigationWidth={220}
      breadcrumbs={<Breadcrumbs pages={links} active={active} />}
      ariaLabels={{ navigation: texts.navigation, notifications: texts.notifications }}
      notifications={<NoticeBar />}
      stickyNotifications
      navigation={
        <SideNavigation
          activeHref={`/console${hrefTo(active)}`}
          items={links.map(([path, text]) => ({ type: 'link', text, href: `/console${hrefTo(path)}` }))}
          onFollow={(event) => {
            event.preventDefault();
            void navigate(event.detail.href.replace(/^\/console/, ''));
          }}
        />
      }
      content={
        <PageBoundary key={pathname}>
          {unusable ? <UnusableWorkspace /> : isWithoutProject ? <NoProject /> : children}
        </PageBoundary>
      }
    />
  );
}
