import Box from '@cloudscape-design/components/box';
import { unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { NewKeyDialog } from './new-key-dialog.tsx';
import { accountTexts } from './texts.ts';

/** Only this dialog ever holds the secret. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const change = useChange({
    send: (header) => unwrap(api.POST('/v1/account/access-keys', { params: { header } })),
    changes: [keys.accessKeys],
  });
  const { data: made } = change;
  if (made !== undefined) {
    return (
      <NewKeyDialog
        made={made}
        onClose={() => {
          notify({ type: 'success', text: texts.created(made.keyId) });
          onClose();
        }}
      />
    );
  }
  return (
    <FormDialog
      header={texts.createTitle}
      submitText={texts.createKey}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{texts.createText}</Box>
    </FormDialog>
  );
}
