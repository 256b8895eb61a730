import { createContext, useCallback, useContext, useMemo } from 'react';
import { type Schemas, unwrap } from '../api/client.ts';
import { type Called, useCall } from '../api/use-call.ts';
import { useSession } from '../session/session-provider.tsx';
import { usePreferences } from './preferences.tsx';

type Regions = Awaited<ReturnType<typeof readRegions>>;
export type RegionInfo = Regions[number];
export type Account = Schemas['Account'];

/** Where a person works: the region, and the project where images belong to projects. */
interface Workspace {
  readonly regions: Regions;
  readonly account: Account;
  readonly region: RegionInfo;
  /** Absent where images belong to accounts, and where the account has no project. */
  readonly project: string | undefined;
  /** What every call of a tenant states of it. */
  readonly query: { readonly project?: string };
  /** The id that owns and receives images here. */
  readonly principal: string | undefined;
  readonly refreshAccount: () => Promise<void>;
}

const readRegions = async (api: ReturnType<typeof useSession>['api']) => (await unwrap(api.GET('/v1/regions'))).regions;

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

/** Reads regions and account once, and gives the chosen place to all pages. `otherwise` is shown until it is known. */
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
  const project = region?.holderKind === 'project' ? (known ?? data?.account.defaultProject) : undefined;
  // Stays the same object while it says the same, so that reading the account again reads no page anew.
  const query = useMemo(() => (project === undefined ? {} : { project }), [project]);
  const workspace = useMemo((): Workspace | undefined => {
    if (data === undefined || region === undefined) {
      return undefined;
    }
    const { account, regions } = data;
    const principal = region.holderKind === 'account' ? account.accountId : project;
    return { regions, account, region, project, query, principal, refreshAccount: refresh };
  }, [data, region, project, query, refresh]);
  return workspace === undefined ? fallback(called) : <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) {
    throw new Error('The workspace is used outside of its provider');
  }
  return workspace;
}
