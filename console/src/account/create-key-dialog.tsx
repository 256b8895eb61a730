import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Schemas, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { accountTexts } from './texts.ts';

/** Only this dialog ever holds the secret. */
export function CreateKeyDialog({ onClose }: { onClose: (hasChanged: boolean) => void }) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const change = useChange();
  const [made, setMade] = useState<Schemas['NewAccessKey']>();
  const create = () =>
    change.make('create', async (header) => {
      setMade(await unwrap(api.POST('/v1/account/access-keys', { params: { header } })));
    });
  if (made !== undefined) {
    return (
      <NewKeyDialog
        made={made}
        onClose={() => {
          notify({ type: 'success', text: texts.created(made.keyId) });
          onClose(true);
        }}
      />
    );
  }
  return (
    <FormDialog
      header={texts.createTitle}
      submitText={texts.createKey}
      change={change}
      onSubmit={() => void create()}
      onClose={() => onClose(change.problem !== undefined)}
    >
      <Box>{texts.createText}</Box>
    </FormDialog>
  );
}
