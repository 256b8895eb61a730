import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useHref, useLocation, useNavigate } from 'react-router';
import { accountQuery, regionsQuery } from '../api/account-queries.ts';
import type { Account, RegionInfo } from '../api/client.ts';
import type { Tenant } from '../api/keys.ts';
import type { LoadErrorProps } from '../components/load-error.tsx';
import { useSession } from '../session/session-provider.tsx';
import { usePreferences } from './preferences.tsx';
import { type NamedWorkspace, searchIn, workspaceOfUrl } from './workspace-url.ts';

/** The region of the URL, and the project of the URL in regions where images belong to projects. */
interface Workspace {
  readonly regions: readonly RegionInfo[];
  readonly account: Account;
  readonly region: RegionInfo;
  /** Undefined if images belong to accounts, or if the account has no projects. */
  readonly project: string | undefined;
  /** Query parameters that every tenant request sends. */
  readonly query: Tenant;
  /** The account or project that owns and receives images in the region. */
  readonly principal: string | undefined;
  /** What the URL names and the account can't use. The workspace is then another one, and no page is shown. */
  readonly unusable: Partial<NamedWorkspace> | undefined;
}

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/**
 * Loads the regions and the account, and renders `fallback` until then. What the URL doesn't name stays as it was in this tab, or
 * is what the user chose last, and is added to the URL.
 */
export function WorkspaceProvider({
  children,
  fallback,
}: {
  children: React.ReactNode;
  fallback: (query: LoadErrorProps['query']) => React.ReactNode;
}) {
  const { api } = useSession();
  const client = useQueryClient();
  const regionsResult = useQuery(regionsQuery(api));
  const accountResult = useQuery(accountQuery(api));
  const { data: regions } = regionsResult;
  const { data: account } = accountResult;
  const { pathname, search } = useLocation();
  const named = workspaceOfUrl(pathname, search);
  const chosen = usePreferences();
  const [last, setLast] = useState<Partial<NamedWorkspace>>({});
  const regionNamed = regions?.find((one) => one.region === named.region);
  const region = regionNamed ?? regions?.find((one) => one.region === (last.region ?? chosen.region)) ?? regions?.[0];
  const ownProject = (id: string | undefined) => account?.projects.find(({ projectId }) => projectId === id)?.projectId;
  const projectNamed = ownProject(named.project);
  const project =
    region?.principalKind === 'project'
      ? (projectNamed ?? ownProject(last.project ?? chosen.project) ?? account?.defaultProject)
      : undefined;
  const unusableRegion = regionNamed === undefined ? named.region : undefined;
  const unusableProject = project !== undefined && projectNamed === undefined ? named.project : undefined;
  const workspace = useMemo((): Workspace | undefined => {
    if (regions === undefined || account === undefined || region === undefined) {
      return undefined;
    }
    const principal = region.principalKind === 'account' ? account.accountId : project;
    const query = project === undefined ? {} : { project };
    const unusable =
      unusableRegion === undefined && unusableProject === undefined
        ? undefined
        : { region: unusableRegion, project: unusableProject };
    return { regions, account, region, project, query, principal, unusable };
  }, [regions, account, region, project, unusableRegion, unusableProject]);
  useNameInUrl(workspace?.unusable === undefined ? workspace : undefined, setLast);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project must not see the cached data of this one.
  useEffect(() => client.removeQueries({ type: 'inactive' }), [client, project]);
  return workspace === undefined ? (
    fallback(regions === undefined ? regionsResult : accountResult)
  ) : (
    <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
  );
}

/** Adds the workspace to the URL, so that a reload or a copied link restores it. */
function useNameInUrl(workspace: Workspace | undefined, onNamed: (named: NamedWorkspace) => void): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const here = useHref({ pathname, search });
  const region = workspace?.region.region;
  const project = workspace?.project;
  useEffect(() => {
    // A redirect can have changed the URL since it was rendered.
    if (region === undefined || here !== location.pathname + location.search) {
      return;
    }
    onNamed({ region, project });
    const wanted = searchIn(pathname, search, { region, project });
    if (wanted !== search) {
      void navigate({ pathname, search: wanted }, { replace: true });
    }
  }, [region, project, pathname, search, here, navigate, onNamed]);
}

/** Returns a function that adds the workspace to a path of the console, for links. A project in the path stays. */
export function useHrefTo(): (path: string) => string {
  const { region, project } = useWorkspace();
  return useCallback(
    (path) => {
      const [pathname = '', search = ''] = path.split('?');
      const named = workspaceOfUrl(pathname, search);
      return `${pathname}${searchIn(pathname, search, { region: named.region ?? region.region, project: named.project ?? project })}`;
    },
    [region, project],
  );
}

/** Returns a function that switches this tab to another region or project, which is also the default of new visits. */
export function useSwitchWorkspace(): (change: { readonly region?: string; readonly project?: string }) => void {
  const { region, project, unusable } = useWorkspace();
  const { choose } = usePreferences();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return (change) => {
    const changed = { region: region.region, project, ...change };
    if (unusable === undefined && changed.region === region.region && changed.project === project) {
      return;
    }
    choose(change);
    const isOfOneRegion = workspaceOfUrl(pathname, '').region !== undefined;
    const path = isOfOneRegion ? `/${pathname.split('/')[1]}` : pathname;
    void navigate({ pathname: path, search: searchIn(path, isOfOneRegion ? '' : search, changed) });
  };
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) {
    throw new Error('useWorkspace must be used within WorkspaceProvider');
  }
  return workspace;
}

/** What owns images in the chosen region. Undefined until the workspace is loaded. */
export const usePrincipalKind = (): RegionInfo['principalKind'] | undefined => useContext(WorkspaceContext)?.region.principalKind;
