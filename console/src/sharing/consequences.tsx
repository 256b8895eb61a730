import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { removalTexts } from './removal-texts.ts';

/** Rules `cancel.immediate` and `cancel.instances-live`. Conditional if the dialog does something else, too. */
export function Consequences({ isConditional = false }: { isConditional?: boolean }) {
  const texts = useRegionTexts(removalTexts);
  return (
    <Alert type="warning" header={isConditional ? texts.ifStoppedTitle : texts.consequencesTitle}>
      <ul>
        {texts.consequences.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Box>{texts.unaffected}</Box>
    </Alert>
  );
}
