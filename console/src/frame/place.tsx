import { createContext, useCallback, useContext, useMemo } from 'react';
import { answerOf, type Schemas } from '../api/client.ts';
import { type Called, useCall } from '../api/use-call.ts';
import { useSession } from '../session/session-provider.tsx';
import { usePreferences } from './preferences.tsx';

type Regions = Awaited<ReturnType<typeof readRegions>>;
export type RegionFacts = Regions[number];
export type Account = Schemas['Account'];

/** Where a person works: the region, and the project where images belong to projects. */
interface Place {
  readonly regions: Regions;
  readonly account: Account;
  readonly region: RegionFacts;
  /** Absent where images belong to accounts, and where the account has no project. */
  readonly project: string | undefined;
  /** What every call of a tenant states of it. */
  readonly query: { readonly project?: string };
  /** The id that owns and receives images here. */
  readonly holder: string | undefined;
  readonly refreshAccount: () => Promise<void>;
}

const readRegions = async (api: ReturnType<typeof useSession>['api']) => (await answerOf(api.GET('/v1/regions'))).regions;

const PlaceContext = createContext<Place | undefined>(undefined);

/** Reads regions and account once, and gives the chosen place to all pages. `otherwise` is shown until it is known. */
export function PlaceProvider({
  children,
  otherwise,
}: {
  children: React.ReactNode;
  otherwise: (called: Called<unknown>) => React.ReactNode;
}) {
  const { api } = useSession();
  const chosen = usePreferences();
  const read = useCallback(
    async () => ({ regions: await readRegions(api), account: await answerOf(api.GET('/v1/account')) }),
    [api],
  );
  const called = useCall(read);
  const { data, refresh } = called;
  const region = data?.regions.find((one) => one.region === chosen.region) ?? data?.regions[0];
  const known = data?.account.projects.find((one) => one.projectId === chosen.project)?.projectId;
  const project = region?.holderKind === 'project' ? (known ?? data?.account.defaultProject) : undefined;
  // Stays the same object while it says the same, so that reading the account again reads no page anew.
  const query = useMemo(() => (project === undefined ? {} : { project }), [project]);
  const place = useMemo((): Place | undefined => {
    if (data === undefined || region === undefined) {
      return undefined;
    }
    const { account, regions } = data;
    const holder = region.holderKind === 'account' ? account.accountId : project;
    return { regions, account, region, project, query, holder, refreshAccount: refresh };
  }, [data, region, project, query, refresh]);
  return place === undefined ? otherwise(called) : <PlaceContext value={place}>{children}</PlaceContext>;
}

export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (place === undefined) {
    throw new Error('The place is used outside of its provider');
  }
  return place;
}
