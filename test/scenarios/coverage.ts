/** Which rules the scenarios show at work, under which policy, from which side. */
import { type RuleSlug, ruleSlugs } from '../../lib/model/rule-slug.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';
import { policyNames, type Scenario, type Side } from './scenario.ts';

/** A rule under a policy, from one side. */
export interface Cell {
  readonly rule: RuleSlug;
  readonly policy: string;
  readonly side: Side;
}

/** The cells that no scenario can fill, each with why. */
export const impossible: readonly (Omit<Cell, 'policy'> & { readonly policies: readonly string[]; readonly why: string })[] = [
  { rule: 'share.acknowledge', side: 'no', policies: ['tencent', 'alibaba'], why: 'the notice is told, and nothing refused' },
  { rule: 'share.lightweight', side: 'no', policies: ['tencent', 'alibaba'], why: 'lightweight images may be shared' },
  { rule: 'share.data-disks', side: 'no', policies: ['alibaba', 'ucloud'], why: 'whole or in part, every such image is shared' },
  { rule: 'share.encrypted', side: 'no', policies: ['ucloud'], why: 'an image may be shared however it is encrypted' },
  { rule: 'received.leave', side: 'no', policies: ['tencent', 'alibaba'], why: 'every recipient may leave' },
  { rule: 'received.leave', side: 'yes', policies: ['ucloud'], why: 'no recipient may leave' },
  { rule: 'delete.guard', side: 'no', policies: ['ucloud'], why: 'a delete of a shared image withdraws it' },
  { rule: 'delete.withdraw', side: 'yes', policies: ['tencent', 'alibaba'], why: 'a delete of a shared image is refused' },
];

/**
 * Rules whose refusal no call can meet, with the rule that refuses in their place: what is shared has its data, so that a
 * recipient who cannot use an image is one who does not see it.
 */
const refusedBy: Readonly<Partial<Record<RuleSlug, RuleSlug>>> = { 'received.use': 'received.visible' };

/** Why a cell is empty, where it has to be. */
export const whyImpossible = ({ rule, policy, side }: Cell): string | undefined =>
  impossible.find((one) => one.rule === rule && one.side === side && one.policies.includes(policy))?.why;

/** What a scenario states that it shows. */
export const cellsOf = ({ policies, proves }: Scenario): Cell[] =>
  policies.flatMap((policy) => ruleSlugs.flatMap((rule) => (proves[rule] ?? []).map((side): Cell => ({ rule, policy, side }))));

/** Every cell that has to be filled. */
const cellsWanted: readonly Cell[] = ruleSlugs.flatMap((rule) =>
  policyNames.flatMap((policy) =>
    (['yes', 'no'] as const).map((side): Cell => ({ rule, policy, side })).filter((cell) => whyImpossible(cell) === undefined),
  ),
);

export const cellName = ({ rule, policy, side }: Cell): string => `${rule} under ${policy}: ${side}`;

/** The wanted cells that are not among these. */
export const missing = (cells: readonly Cell[]): string[] => {
  const filled = new Set(cells.map(cellName));
  return cellsWanted.map(cellName).filter((name) => !filled.has(name));
};

/** The rules that a scenario states to refuse, and of which it has no refusal, nor a decision that names them. */
export function unshownRefusals({ proves, steps }: Scenario): RuleSlug[] {
  const named = new Set(steps.flatMap((step) => ('call' in step ? namedIn(step) : [])));
  return ruleSlugs.filter(
    (rule) => proves[rule]?.includes('no') && ruleOf(rule).refuses !== undefined && !named.has(refusedBy[rule] ?? rule),
  );
}

/** The rules that refuse in a step: in a problem document, or in a decision that answers it. */
function namedIn({ refused, answers }: { refused?: { rule?: string | undefined } | undefined; answers?: unknown }): unknown[] {
  const decision = answers as { allowed?: unknown; rule?: unknown } | undefined;
  return [refused?.rule, ...(decision?.allowed === false ? [decision.rule] : [])];
}
