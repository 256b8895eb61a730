import type { PrincipalId } from '../model/ids.ts';
import type { Plan } from '../model/plan.ts';
import { type Acceptance, acceptsAnyone, type PrincipalKind } from '../model/principal.ts';
import { type PrincipalFacts, principalIn } from './principals.ts';

/** Whether a principal with this acceptance can be added as a recipient of an owner's images. Rule `share.recipient-accepts`. */
export function accepts(acceptance: Acceptance = {}, owner: PrincipalId): boolean {
  const { trustedOwners, acceptsFrom, blockedOwners } = { ...acceptsAnyone, ...acceptance };
  return !blockedOwners.includes(owner) && (acceptsFrom === 'anyone' || trustedOwners.includes(owner));
}

/** Plans to set some fields of the acceptance of the open principal that the caller acts as. Lists lose their duplicates. */
export function planAcceptance<Fields extends Acceptance>(
  wanted: Fields,
  { principal, kind, ...facts }: PrincipalFacts & { readonly principal: PrincipalId; readonly kind: PrincipalKind },
): Plan<Fields> {
  const acceptance = Object.fromEntries(
    Object.entries(wanted).map(([field, value]) => [field, Array.isArray(value) ? [...new Set(value)] : value]),
  ) as Fields;
  const current: Acceptance = { ...acceptsAnyone, ...principalIn(facts, { principal, kind }) };
  const isSame = Object.entries(acceptance).every(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(current[field as keyof Acceptance]),
  );
  return { result: acceptance, steps: isSame ? [] : [{ do: 'set-acceptance', principal, kind, acceptance }] };
}

/** Returns the owners that aren't open principals of one of these kinds, so they can't share images. */
export const unknownOwners = (
  owners: readonly PrincipalId[],
  facts: PrincipalFacts,
  kinds: readonly PrincipalKind[],
): PrincipalId[] =>
  owners.filter((principal) => !kinds.some((kind) => principalIn(facts, { principal, kind })?.state === 'open'));
