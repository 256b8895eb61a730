import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { type AccessKey, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

/** Asks for the end of the key ID, because the keys of an account look alike. */
export function DeleteKeyDialog({
  accessKey: { keyId },
  onClose,
}: {
  accessKey: AccessKey;
  onClose: (hasChanged: boolean) => void;
}) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const change = useChange();
  const [typed, setTyped] = useState('');
  const ending = keyId.slice(-4);
  const isConfirmed = typed.trim().toUpperCase() === ending.toUpperCase();
  const remove = () =>
    change.make('delete', async (header) => {
      await unwrap(api.DELETE('/v1/account/access-keys/{keyId}', { params: { path: { keyId }, header } }));
      notify({ type: 'success', text: texts.deleted(keyId) });
      onClose(true);
    });
  return (
    <FormDialog
      header={texts.deleteTitle}
      submitText={texts.deleteKey}
      change={change}
      isDisabled={!isConfirmed}
      onSubmit={() => void remove()}
      onClose={() => onClose(false)}
    >
      <Alert type="warning">{texts.deleteText(keyId)}</Alert>
      <FormField label={texts.deleteConfirm(ending)}>
        <Input autoComplete={false} value={typed} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
