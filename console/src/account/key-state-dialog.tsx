import Box from '@cloudscape-design/components/box';
import { type AccessKey, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

export function KeyStateDialog({ accessKey: { keyId, state: before }, onClose }: { accessKey: AccessKey; onClose: () => void }) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const isEnabling = before === 'disabled';
  const change = useChange({
    send: (header) => {
      const params = { path: { keyId }, header };
      return unwrap(
        api.PATCH('/v1/account/access-keys/{keyId}', { params, body: { state: isEnabling ? 'active' : 'disabled' } }),
      );
    },
    changes: [keys.accessKeys],
    onSuccess: () => {
      notify({ type: 'success', text: isEnabling ? texts.enabled(keyId) : texts.disabled(keyId) });
      onClose();
    },
  });
  return (
    <FormDialog
      header={isEnabling ? texts.enableTitle : texts.disableTitle}
      submitText={isEnabling ? texts.enableTitle : texts.disableTitle}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{isEnabling ? texts.enableText(keyId) : texts.disableText(keyId)}</Box>
    </FormDialog>
  );
}
