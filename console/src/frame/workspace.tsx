import { createContext, useCallback, useContext, useMemo } from 'react';
import { type Schemas, unwrap } from '../api/client.ts';
import { type Called, useCall } from '../api/use-call.ts';
import { useSession } from '../session/session-provider.tsx';
import { usePreferences } from './preferences.tsx';

type Regions = Awaited<ReturnType<typeof readRegions>>;
export type RegionInfo = Regions[number];
export type Account = Schemas['Account'];

/** The chosen region, and the chosen project in regions where images belong to projects. */
interface Workspace {
  readonly regions: Regions;
  readonly account: Account;
  readonly region: RegionInfo;
  /** Undefined if images belong to accounts, or if the account has no projects. */
  readonly project: string | undefined;
  /** Query parameters that every tenant request sends. */
  readonly query: { readonly project?: string };
  /** The account or project that owns and receives images in the region. */
  readonly principal: string | undefined;
  readonly refreshAccount: () => Promise<void>;
}

const readRegions = async (api: ReturnType<typeof useSession>['api']) => (await unwrap(api.GET('/v1/regions'))).regions;

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/** Loads the regions and the account once. Renders `fallback` until then. */
export function WorkspaceProvider({
  children,
  fallback,
}: {
  children: React.ReactNode;
  fallback: (called: Called<unknown>) => React.ReactNode;
}) {
  const { api } = useSession();
  const chosen = usePreferences();
  const read = useCallback(
    async () => ({ regions: await readRegions(api), account: await unwrap(api.GET('/v1/account')) }),
    [api],
  );
  const called = useCall(read);
  const { data, refresh } = called;
  const region = data?.regions.find((one) => one.region === chosen.region) ?? data?.regions[0];
  const known = data?.account.projects.find((one) => one.projectId === chosen.project)?.projectId;
  const project = region?.principalKind === 'project' ? (known ?? data?.account.defaultProject) : undefined;
  // Memoized so that refreshing the account doesn't reload every page.
  const query = useMemo(() => (project === undefined ? {} : { project }), [project]);
  const workspace = useMemo((): Workspace | undefined => {
    if (data === undefined || region === undefined) {
      return undefined;
    }
    const { account, regions } = data;
    const principal = region.principalKind === 'account' ? account.accountId : project;
    return { regions, account, region, project, query, principal, refreshAccount: refresh };
  }, [data, region, project, query, refresh]);
  return workspace === undefined ? fallback(called) : <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) {
    throw new Error('useWorkspace must be used within WorkspaceProvider');
  }
  return workspace;
}
