import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { type AccessKey, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

/** Asks for the end of the key ID, because the keys of an account look alike. */
export function DeleteKeyDialog({ accessKey: { keyId }, onClose }: { accessKey: AccessKey; onClose: () => void }) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const [typed, setTyped] = useState('');
  const ending = keyId.slice(-4);
  const isConfirmed = typed.trim().toUpperCase() === ending.toUpperCase();
  const change = useChange({
    send: (header) => unwrap(api.DELETE('/v1/account/access-keys/{keyId}', { params: { path: { keyId }, header } })),
    changes: [keys.accessKeys],
    onSuccess: () => {
      notify({ type: 'success', text: texts.deleted(keyId) });
      onClose();
    },
  });
  return (
    <FormDialog
      header={texts.deleteTitle}
      submitText={texts.deleteTitle}
      change={change}
      isDisabled={!isConfirmed}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Alert type="warning">{texts.deleteText(keyId)}</Alert>
      <FormField label={texts.deleteConfirm(ending)}>
        <Input autoComplete={false} value={typed} onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
