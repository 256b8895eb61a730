/** Which rules the scenarios demonstrate: under which policy, and whether granting or refusing. */
import { type RuleSlug, ruleSlugs } from '../../lib/model/rule-slug.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';
import { policyNames, type Scenario, type Side } from './scenario.ts';

/** One side of a rule under a policy. */
export interface Cell {
  readonly rule: RuleSlug;
  readonly policy: string;
  readonly side: Side;
}

/** The cells that no scenario can fill, each with the reason. */
export const impossible: readonly (Omit<Cell, 'policy'> & { readonly policies: readonly string[]; readonly why: string })[] = [
  {
    rule: 'share.acknowledge',
    side: 'no',
    policies: ['tencent', 'alibaba'],
    why: 'the response contains a notice, and nothing is refused',
  },
  { rule: 'share.lightweight', side: 'no', policies: ['tencent', 'alibaba'], why: 'lightweight images can be shared' },
  {
    rule: 'share.data-disks',
    side: 'no',
    policies: ['alibaba', 'ucloud'],
    why: 'every such image can be shared, in whole or in part',
  },
  { rule: 'share.encrypted', side: 'no', policies: ['ucloud'], why: 'an image can be shared regardless of its encryption' },
  { rule: 'received.leave', side: 'no', policies: ['tencent', 'alibaba'], why: 'every recipient can leave' },
  { rule: 'received.leave', side: 'yes', policies: ['ucloud'], why: 'no recipient can leave' },
  { rule: 'delete.guard', side: 'no', policies: ['ucloud'], why: 'deleting a shared image ends its shares' },
  { rule: 'delete.withdraw', side: 'yes', policies: ['tencent', 'alibaba'], why: 'deleting a shared image is refused' },
];

/**
 * Rules whose refusal no call can reach, each with the rule that refuses first. Shared images always have data, so a recipient
 * that cannot use an image cannot see it either.
 */
const refusedBy: Readonly<Partial<Record<RuleSlug, RuleSlug>>> = { 'received.use': 'received.visible' };

/** Returns why a cell has to be empty, or undefined if it can be filled. */
export const whyImpossible = ({ rule, policy, side }: Cell): string | undefined =>
  impossible.find((entry) => entry.rule === rule && entry.side === side && entry.policies.includes(policy))?.why;

/** The cells that a scenario claims to fill. */
export const cellsOf = ({ policies, proves }: Scenario): Cell[] =>
  policies.flatMap((policy) => ruleSlugs.flatMap((rule) => (proves[rule] ?? []).map((side): Cell => ({ rule, policy, side }))));

/** Every cell that some scenario must fill. */
const requiredCells: readonly Cell[] = ruleSlugs.flatMap((rule) =>
  policyNames.flatMap((policy) =>
    (['yes', 'no'] as const).map((side): Cell => ({ rule, policy, side })).filter((cell) => whyImpossible(cell) === undefined),
  ),
);

export const cellName = ({ rule, policy, side }: Cell): string => `${rule} under ${policy}: ${side}`;

/** Returns the names of the required cells that are not among `cells`. */
export const missing = (cells: readonly Cell[]): string[] => {
  const filled = new Set(cells.map(cellName));
  return requiredCells.map(cellName).filter((name) => !filled.has(name));
};

/** Returns the rules that a scenario claims to refuse by, but for which it has neither a refusal nor a denied access check. */
export function unshownRefusals({ proves, steps }: Scenario): RuleSlug[] {
  const shown = new Set(steps.flatMap((step) => ('call' in step ? refusingRules(step) : [])));
  return ruleSlugs.filter(
    (rule) => proves[rule]?.includes('no') && ruleOf(rule).refuses !== undefined && !shown.has(refusedBy[rule] ?? rule),
  );
}

/** The rules that refuse in a step: in a problem document, or in the result of an access check. */
function refusingRules({
  refused,
  returns,
}: {
  refused?: { rule?: string | undefined } | undefined;
  returns?: unknown;
}): unknown[] {
  const decision = returns as { allowed?: unknown; rule?: unknown } | undefined;
  return [refused?.rule, ...(decision?.allowed === false ? [decision.rule] : [])];
}
