import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useTexts } from '../texts/texts.ts';
import { endingTexts } from './ending-texts.ts';

/** What recipients can do no more once a share has ended, and what goes on. Rules `cancel.immediate`, `cancel.instances-live`. */
export function Consequences() {
  const texts = useTexts(endingTexts);
  return (
    <Alert type="warning" header={texts.stopsTitle}>
      <ul>
        {texts.stops.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <Box>{texts.goesOn}</Box>
    </Alert>
  );
}
