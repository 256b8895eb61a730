import Box from '@cloudscape-design/components/box';
import { Copyable } from '../components/copyable.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { apiCallTexts } from './texts.ts';

/** Shows a command. If there is none, the form is incomplete. */
export default function ApiCallDialog({ command, onClose }: { command: string | undefined; onClose: () => void }) {
  const texts = useTexts(apiCallTexts);
  return (
    <Dialog header={texts.name} size="large" onClose={onClose}>
      <Box>{command === undefined ? texts.incomplete : texts.text}</Box>
      {command !== undefined && (
        <>
          <Box variant="code">
            <span style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{command}</span>
          </Box>
          <Copyable text={command} name={texts.name} isButtonOnly />
        </>
      )}
    </Dialog>
  );
}
