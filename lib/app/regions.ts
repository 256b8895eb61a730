import { Region } from '../model/ids.ts';
import type { Policy } from '../model/policy.ts';
import type { PrincipalKind } from '../model/principal.ts';
import { policies } from '../policies/policies.ts';

/** The regions of this deployment, each with its policy. */
export type Regions = ReadonlyMap<Region, Policy>;

/**
 * Parses REGIONS: `region=policy` pairs separated by commas, such as `ap-guangzhou=tencent,cn-hangzhou=alibaba`. Throws an error
 * that names the invalid pair.
 */
export function regionsFrom(text: string): Regions {
  const regions = new Map<Region, Policy>();
  for (const pair of text.split(',').map((part) => part.trim())) {
    const [name = '', policyName = ''] = pair.split('=').map((part) => part.trim());
    const region = Region.safeParse(name);
    const policy = Object.hasOwn(policies, policyName) ? policies[policyName] : undefined;
    if (!region.success || policy === undefined) {
      throw new Error(
        `Invalid region "${pair}" in REGIONS. Use region=policy with one of these policies: ${Object.keys(policies).join(', ')}.`,
      );
    }
    regions.set(region.data, policy);
  }
  return regions;
}

/** The regions whose images are owned by principals of this kind. */
export const regionsOfKind = (regions: Regions, kind: PrincipalKind): Region[] =>
  [...regions].filter(([, { principalKind }]) => principalKind === kind).map(([region]) => region);
