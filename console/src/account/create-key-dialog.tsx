import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { answerOf, type Schemas } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { Dialog } from './dialog.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { accountTexts } from './texts.ts';
import { useChange } from './use-change.ts';

/** Makes a key, then shows it with its secret, which nothing but this dialog ever holds. */
export function CreateKeyDialog({ onClose }: { onClose: (hasChanged: boolean) => void }) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { tell } = useNotices();
  const { make, ...change } = useChange();
  const [made, setMade] = useState<Schemas['NewAccessKey']>();
  if (made !== undefined) {
    return (
      <NewKeyDialog
        made={made}
        onClose={() => {
          tell({ type: 'success', text: texts.created(made.keyId) });
          onClose(true);
        }}
      />
    );
  }
  return (
    <Dialog
      header={texts.createTitle}
      act={texts.createKey}
      onAct={() => void make((header) => answerOf(api.POST('/v1/account/access-keys', { params: { header } })), setMade)}
      onCancel={() => onClose(change.problem !== undefined)}
      {...change}
    >
      <Box>{texts.createText}</Box>
    </Dialog>
  );
}
