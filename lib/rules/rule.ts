import { ActionError, type ErrorDetails } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';
import { catalog, type RefusingRule } from './catalog.ts';

interface Violation {
  readonly id: string;
  readonly reason: string;
}

/** A rule that can refuse a request. It permits the request if it returns no violations. */
export interface Rule<Facts, Slug extends RefusingRule = RefusingRule> {
  readonly slug: Slug;
  readonly violations: (facts: Facts) => readonly Violation[];
  /** Additional fields of the error, such as limits. */
  readonly figures?: (facts: Facts) => Figures;
}

type Figures = Omit<ErrorDetails, 'detail' | 'rule'>;

/** Creates the error of a rule, with the reason in this case. The catalog has its code and remedy. */
export function refusal(slug: RefusingRule, reason: string, figures: Figures = {}): ActionError {
  const { refuses, remedy } = catalog[slug];
  return new ActionError(refuses[0], { detail: `${reason}.`, remedy: `${remedy}.`, rule: slug, ...figures });
}

/** Returns the error of a rule, with all violations, or undefined if there are none. */
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

/** Returns the rule, the reason, and the remedy of an error. Throws an error if no rule caused it. */
export function explained({ details: { detail, rule, remedy } }: ActionError): {
  rule: RuleSlug;
  reason: string;
  remedy?: string;
} {
  if (rule === undefined) {
    throw new Error(`No rule caused this error: ${detail}`);
  }
  return { rule, reason: detail, ...(remedy !== undefined && { remedy }) };
}
