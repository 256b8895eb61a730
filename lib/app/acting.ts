/** Who a caller acts as: its account, or one of its projects. */
import type { PrincipalId, Region } from '../model/ids.ts';
import type { PrincipalKind } from '../model/principal.ts';
import { actingKeys, actingKinds, actingPrincipal, hasNoProject, type Tenant } from '../rules/principals.ts';
import type { Facts, RegionalPrincipal, Wanted } from '../table/store.ts';

/** The principal that the caller acts as. */
export interface ActingPrincipal {
  readonly principal: PrincipalId;
  readonly kind: PrincipalKind;
}

/** How to read, and then determine, the principal of this kind that the caller acts as. `requested` is the requested project. */
export function actingAs(kind: PrincipalKind, tenant: Tenant, requested: PrincipalId | undefined) {
  const policy = { principalKind: kind };
  const keys = actingKeys(tenant, policy, requested);
  return {
    keys,
    withKeys: (wanted: Wanted): Wanted => ({
      ...wanted,
      accounts: [...(wanted.accounts ?? []), ...(keys.account === undefined ? [] : [keys.account])],
      projects: [...(wanted.projects ?? []), ...(keys.project === undefined ? [] : [keys.project])],
    }),
    actingBy: (facts: Facts): ActingPrincipal => ({ kind, principal: actingPrincipal(tenant, keys, policy, facts) }),
  };
}

/**
 * Returns the principal that the caller acts as in each of these regions, or in every region in which it has one if it named none.
 * Throws what `actingPrincipal` throws.
 */
export async function principalsIn(
  places: readonly { readonly region: Region; readonly kind: PrincipalKind }[],
  { tenant, requested, isEveryRegion }: { tenant: Tenant; requested: PrincipalId | undefined; isEveryRegion: boolean },
  read: (wanted: Wanted) => Promise<Facts>,
): Promise<RegionalPrincipal[]> {
  const kinds = isEveryRegion ? actingKinds(tenant) : [...new Set(places.map(({ kind }) => kind))];
  const acting = kinds.map((kind) => ({ kind, ...actingAs(kind, tenant, requested) }));
  const facts = await read(acting.reduce((wanted: Wanted, { withKeys }) => withKeys(wanted), {}));
  const principals = new Map(
    acting
      .filter(({ kind, keys }) => !isEveryRegion || !hasNoProject(keys, kind, facts))
      .map(({ kind, actingBy }) => [kind, actingBy(facts).principal]),
  );
  return places.flatMap(({ region, kind }) => {
    const principal = principals.get(kind);
    return principal === undefined ? [] : [{ region, principal }];
  });
}
