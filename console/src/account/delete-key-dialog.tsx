import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { answerOf } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import type { AccessKey } from './access-keys.tsx';
import { Dialog } from './dialog.tsx';
import { accountTexts } from './texts.ts';
import { useChange } from './use-change.ts';

const formId = 'delete-access-key';

/** Deletes a key, once the end of its id was typed: the keys of an account look alike. */
export function DeleteKeyDialog({
  accessKey: { keyId },
  onClose,
}: {
  accessKey: AccessKey;
  onClose: (hasChanged: boolean) => void;
}) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { tell } = useNotices();
  const { make, ...change } = useChange();
  const [typed, setTyped] = useState('');
  const ending = keyId.slice(-4);
  const isConfirmed = typed.trim().toUpperCase() === ending.toUpperCase();
  const act = () =>
    make(
      (header) => answerOf(api.DELETE('/v1/account/access-keys/{keyId}', { params: { path: { keyId }, header } })),
      () => {
        tell({ type: 'success', text: texts.deleted(keyId) });
        onClose(true);
      },
    );
  return (
    <Dialog
      header={texts.deleteTitle}
      act={texts.deleteKey}
      formId={formId}
      isDisabled={!isConfirmed}
      onCancel={() => onClose(false)}
      {...change}
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (isConfirmed && !change.isBusy) {
            void act();
          }
        }}
      >
        <SpaceBetween size="m">
          <Alert type="warning">{texts.deleteText(keyId)}</Alert>
          <FormField label={texts.deleteConfirm(ending)}>
            <Input autoFocus autoComplete={false} value={typed} onChange={({ detail }) => setTyped(detail.value)} />
          </FormField>
        </SpaceBetween>
      </form>
    </Dialog>
  );
}
