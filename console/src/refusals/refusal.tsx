import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import sentences from '../api/rules.json';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { FixButton } from './fix-button.tsx';
import { fixOf, imageOf, type Rule } from './fixes.ts';

interface RefusalProps {
  readonly rule: Rule;
  /** The address of the refused request. */
  readonly address: string | undefined;
}

/** What the rule of a refusal says, and a button that fixes it. Lazy-loaded, because it has the sentences of all rules. */
export default function Refusal({ rule, address }: RefusalProps) {
  const texts = useTexts(commonTexts);
  const { sentenceOf } = useServiceTexts();
  return (
    <>
      <ExpandableSection headerText={texts.why}>
        <Box>{sentenceOf(rule, sentences[rule])}</Box>
      </ExpandableSection>
      {fixOf(rule, false) !== undefined && <FixButton rule={rule} image={imageOf(address)} />}
    </>
  );
}
