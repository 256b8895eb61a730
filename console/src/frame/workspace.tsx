import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo } from 'react';
import type { Account, RegionInfo } from '../api/client.ts';
import { accountQuery, regionsQuery, type Tenant } from '../api/queries.ts';
import type { LoadErrorProps } from '../components/load-error.tsx';
import { useSession } from '../session/session-provider.tsx';
import { usePreferences } from './preferences.tsx';

/** The chosen region, and the chosen project in regions where images belong to projects. */
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
}

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/** Loads the regions and the account. Renders `fallback` until then. */
export function WorkspaceProvider({
  children,
  fallback,
}: {
  children: React.ReactNode;
  fallback: (query: LoadErrorProps['query']) => React.ReactNode;
}) {
  const { api } = useSession();
  const client = useQueryClient();
  const chosen = usePreferences();
  const regionsResult = useQuery(regionsQuery(api));
  const accountResult = useQuery(accountQuery(api));
  const { data: regions } = regionsResult;
  const { data: account } = accountResult;
  const region = regions?.find((one) => one.region === chosen.region) ?? regions?.[0];
  const known = account?.projects.find((one) => one.projectId === chosen.project)?.projectId;
  const project = region?.principalKind === 'project' ? (known ?? account?.defaultProject) : undefined;
  const workspace = useMemo((): Workspace | undefined => {
    if (regions === undefined || account === undefined || region === undefined) {
      return undefined;
    }
    const principal = region.principalKind === 'account' ? account.accountId : project;
    return { regions, account, region, project, query: project === undefined ? {} : { project }, principal };
  }, [regions, account, region, project]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project must not see the cached data of this one.
  useEffect(() => client.removeQueries({ type: 'inactive' }), [client, project]);
  return workspace === undefined ? (
    fallback(regions === undefined ? regionsResult : accountResult)
  ) : (
    <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
  );
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) {
    throw new Error('useWorkspace must be used within WorkspaceProvider');
  }
  return workspace;
}
