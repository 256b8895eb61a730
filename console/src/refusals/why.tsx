import Box from '@cloudscape-design/components/box';
import sentences from '../api/rules.json';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import type { Rule } from './fixes.ts';

/** What a rule says. Lazy-loaded, because of the sentences of all rules. */
export default function Why({ rule }: { rule: Rule }) {
  const { sentenceOf } = useServiceTexts();
  return <Box>{sentenceOf(rule, sentences[rule])}</Box>;
}
