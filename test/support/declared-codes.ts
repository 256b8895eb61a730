import { type Action, commonCodes } from '../../lib/app/action.ts';
import type { ErrorCode } from '../../lib/model/error.ts';
import type { RuleSlug } from '../../lib/model/rule-slug.ts';
import { ruleOf } from '../../lib/rules/catalog.ts';

/** Throws if an action refuses with a code that it does not declare, or by a rule that does not declare the code. */
export function requireDeclared(
  action: Omit<Action, 'run'>,
  { code, rule }: { code: ErrorCode; rule?: RuleSlug | undefined },
): void {
  if (![...action.refuses, ...commonCodes(action)].includes(code)) {
    throw new Error(`${action.name} refuses with ${code}, which it does not declare`);
  }
  if (rule !== undefined && ruleOf(rule).refuses?.includes(code) !== true) {
    throw new Error(`${action.name} refuses with ${code} by the rule ${rule}, which does not declare the code`);
  }
}
