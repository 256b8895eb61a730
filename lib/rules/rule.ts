import { ActionError, type ErrorCode, type ErrorDetails } from '../model/error.ts';
import type { RuleSlug } from '../model/rule-slug.ts';

interface Offence {
  readonly id: string;
  readonly reason: string;
}

/** A rule that can refuse: it names its offenders, and an empty list means that it is content. */
export interface Rule<Facts, Slug extends RuleSlug = RuleSlug> {
  readonly slug: Slug;
  readonly refuses: ErrorCode;
  /** What the caller can do about a refusal. */
  readonly remedy: string;
  readonly offenders: (facts: Facts) => readonly Offence[];
  /** Numbers and names that the refusal states besides its offenders. */
  readonly figures?: (facts: Facts) => Omit<ErrorDetails, 'detail' | 'rule' | 'offenders'>;
}

/** What the rule refuses with, naming every offender; undefined when the rule is content. */
export function refusalBy<Facts>(rule: Rule<Facts>, facts: Facts): ActionError | undefined {
  const offences = rule.offenders(facts);
  if (offences.length === 0) {
    return undefined;
  }
  return new ActionError(rule.refuses, {
    detail: `${[...new Set(offences.map(({ reason }) => reason))].join('; ')}. ${rule.remedy}.`,
    rule: rule.slug,
    ...rule.figures?.(facts),
    offenders: offences.map(({ id, reason }) => ({ id, code: rule.refuses, rule: rule.slug, reason })),
  });
}
