import Link from '@cloudscape-design/components/link';
import type { ProblemDocument } from '../api/problem.ts';
import { commonTexts } from '../texts/common.ts';
import { ruleTexts } from '../texts/rule-texts.ts';
import { useTexts } from '../texts/use-texts.ts';

/** Links to the description of a rule, which is in English. */
export function RuleLink({ rule }: { rule: NonNullable<ProblemDocument['rule']> }) {
  const { viewRule } = useTexts(commonTexts);
  const titles = useTexts(ruleTexts);
  return (
    <Link external href={`/v1/docs/errors#${rule}`}>
      {viewRule(titles[rule])}
    </Link>
  );
}
