import { Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import { policies } from '../policies/policies.ts';

/** The regions of this installation, each with the policy that it belongs to. */
export type Regions = ReadonlyMap<Region, Policy>;

/**
 * Reads the regions' configuration, `region=policy` pairs separated by commas:
 * `ap-guangzhou=tencent,cn-hangzhou=alibaba`. Throws an error that names the pair which is wrong.
 */
export function regionsFrom(text: string): Regions {
  const regions = new Map<Region, Policy>();
  for (const pair of text.split(',').map((part) => part.trim())) {
    const [name = '', policyName = ''] = pair.split('=').map((part) => part.trim());
    const region = Region.safeParse(name);
    const policy = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
    if (!region.success || policy === undefined) {
      throw new Error(`"${pair}" is not region=policy with a policy of ${Object.keys(policies).join(', ')}`);
    }
    regions.set(region.data, policy);
  }
  return regions;
}

/** The regions where principals of a kind own images. */
export const regionsOfKind = (regions: Regions, kind: PrincipalKind): Region[] =>
  [...regions].filter(([, { principalKind }]) => principalKind === kind).map(([region]) => region);
