import { ActionError, type ErrorDetails } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import { catalog, type RefusingRule } from './catalog.ts';

interface Violation {
  readonly id: string;
  readonly reason: string;
}

/** A rule that can refuse. No violations means that it permits. */
export interface Rule<Facts, Slug extends RefusingRule = RefusingRule> {
  readonly slug: Slug;
  readonly violations: (facts: Facts) => readonly Violation[];
  /** Numbers and names that the refusal states besides the violations. */
  readonly figures?: (facts: Facts) => Figures;
}

type Figures = Omit<ErrorDetails, 'detail' | 'rule'>;

/** The refusal by a rule, with the reason in the case at hand. Its code and its remedy stand in the catalog. */
export function refusal(slug: RefusingRule, reason: string, figures: Figures = {}): ActionError {
  const { refuses, remedy } = catalog[slug];
  return new ActionError(refuses[0], { detail: `${reason}.`, remedy: `${remedy}.`, rule: slug, ...figures });
}

/** The refusal by a rule, with every violation; undefined if there is none. */
export function refusalBy<Facts>(
  { slug, violations: violationsOf, figures }: Rule<Facts>,
  facts: Facts,
): ActionError | undefined {
  const violations = violationsOf(facts);
  if (violations.length === 0) {
    return undefined;
  }
  return refusal(slug, [...new Set(violations.map(({ reason }) => reason))].join('; '), {
    ...figures?.(facts),
    offenders: violations.map(({ id, reason }) => ({ id, code: catalog[slug].refuses[0], rule: slug, reason })),
  });
}

/** What a refusal by a rule says: the rule, the reason, and what can be done about it. */
export function explained({ details: { detail, rule, remedy } }: ActionError): {
  rule: RuleSlug;
  reason: string;
  remedy?: string;
} {
  if (rule === undefined) {
    throw new Error(`No rule refuses here: ${detail}`);
  }
  return { rule, reason: detail, ...(remedy !== undefined && { remedy }) };
}
