import Alert from '@cloudscape-design/components/alert';
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SideNavigation from '@cloudscape-design/components/side-navigation';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { ApiCallProvider } from '../api-call/api-call-provider.tsx';
import { LoadError, type LoadErrorProps } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { FixProvider } from '../refusals/fix-provider.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Breadcrumbs, BreadcrumbsProvider, useLastBreadcrumb } from './breadcrumbs.tsx';
import { NoProject, UnusableWorkspace } from './no-workspace.tsx';
import { NoticeBar } from './notice-bar.tsx';
import { NoticesProvider } from './notices.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { PlainTopBar } from './plain-top-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useHrefTo, useWorkspace, WorkspaceProvider } from './workspace.tsx';

const RegionRules = lazy(() => import('../region-rules/region-rules.tsx'));

/** The top bar, navigation, and notifications around every page. */
export const Frame = ({ children }: { children: React.ReactNode }) => (
  <WorkspaceProvider fallback={(query) => (query.errorUpdateCount === 0 ? <FirstLoad /> : <NoWorkspace query={query} />)}>
    <NoticesProvider>
      <TopBar />
      <BreadcrumbsProvider>
        <ApiCallProvider>
          <FixProvider>
            <Layout>{children}</Layout>
          </FixProvider>
        </ApiCallProvider>
      </BreadcrumbsProvider>
    </NoticesProvider>
  </WorkspaceProvider>
);

const FirstLoad = () => (
  <>
    <PlainTopBar />
    <Loading />
  </>
);

/** Shown if the account or the regions can't be loaded. The user can retry, or sign in with a different account. */
function NoWorkspace({ query }: LoadErrorProps) {
  const texts = useTexts(commonTexts);
  const { subject, signOut } = useSession();
  const isUnknown = query.error?.document?.code === 'AccountNotFound';
  return (
    <>
      <PlainTopBar />
      <main>
        <Box padding="xxl">
          <SpaceBetween size="m">
            {isUnknown ? (
              <Alert type="warning" header={texts.unknownAccountTitle}>
                {texts.unknownAccount(subject)}
              </Alert>
            ) : (
              <LoadError query={query} />
            )}
            <Button onClick={signOut}>{isUnknown ? texts.signInDifferently : texts.signOut}</Button>
          </SpaceBetween>
        </Box>
      </main>
    </>
  );
}

const pagesWithoutProject: readonly string[] = ['/account', '/address-book', '/recipients', '/activity'];

function Layout({ children }: { children: React.ReactNode }) {
  const texts = useTexts(commonTexts);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const sections = [
    {
      title: texts.images,
      links: [
        ['/images', texts.customImages],
        ['/shared-images', texts.sharedImages],
        ['/public-images', texts.publicImages],
        ['/instances', texts.instances],
      ],
    },
    {
      title: texts.sharing,
      links: [
        ['/recipients', texts.recipients],
        ['/copy-jobs', texts.copyJobs],
        ['/access-checker', texts.accessChecker],
        ['/activity', texts.activity],
      ],
    },
    {
      title: texts.settings,
      links: [
        ['/account', texts.account],
        ['/address-book', texts.addressBook],
      ],
    },
  ] as const;
  const links = sections.flatMap((section): readonly (readonly [path: string, name: string])[] => section.links);
  const { region, project, unusable } = useWorkspace();
  const hrefTo = useHrefTo();
  // The account itself, its address book, and what covers all regions exist without a project.
  const isWithoutProject =
    region.principalKind === 'project' &&
    project === undefined &&
    links.some(([path]) => !pagesWithoutProject.includes(path) && pathname.startsWith(path));
  const [areRulesOpen, setRulesOpen] = useState(false);
  const end = useLastBreadcrumb();
  const active = end?.below ?? links.find(([path]) => pathname.startsWith(path))?.[0] ?? '';
  return (
    <AppLayoutToolbar
      headerSelector="#top"
      tools={
        areRulesOpen && (
          <Suspense fallback={<Loading />}>
            <RegionRules />
          </Suspense>
        )
      }
      toolsOpen={areRulesOpen}
      onToolsChange={({ detail }) => setRulesOpen(detail.open)}
      navigationWidth={220}
      breadcrumbs={<Breadcrumbs pages={links} active={active} />}
      ariaLabels={{
        navigation: texts.navigation,
        notifications: texts.notifications,
        tools: texts.regionRules,
        toolsToggle: texts.regionRules,
        toolsClose: texts.close,
      }}
      notifications={<NoticeBar />}
      stickyNotifications
      navigation={
        <SideNavigation
          activeHref={`/console${hrefTo(active)}`}
          items={sections.map((section) => ({
            type: 'section-group',
            title: section.title,
            items: section.links.map(([path, text]) => ({ type: 'link', text, href: `/console${hrefTo(path)}` })),
          }))}
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
