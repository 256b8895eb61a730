import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { removalTexts } from './removal-texts.ts';

/** Rules `cancel.immediate` and `cancel.instances-live`, in the words of the dialog. */
export function Consequences({ dialog }: { dialog: 'stop' | 'edit' | 'delete' }) {
  const texts = useRegionTexts(removalTexts);
  return (
    <Alert type="warning" header={texts.consequencesTitles[dialog]}>
      <ul data-compact>
        {texts.consequences.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Box>{texts.unaffected}</Box>
    </Alert>
  );
}
