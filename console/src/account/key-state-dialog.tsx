import Box from '@cloudscape-design/components/box';
import { type AccessKey, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { accountTexts } from './texts.ts';

export function KeyStateDialog({
  accessKey: { keyId, state: before },
  onClose,
}: {
  accessKey: AccessKey;
  onClose: (hasChanged: boolean) => void;
}) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const change = useChange();
  const isEnabling = before === 'disabled';
  const changeState = () =>
    change.make('changeState', async (header) => {
      const params = { path: { keyId }, header };
      await unwrap(api.PATCH('/v1/account/access-keys/{keyId}', { params, body: { state: isEnabling ? 'active' : 'disabled' } }));
      notify({ type: 'success', text: isEnabling ? texts.enabled(keyId) : texts.disabled(keyId) });
      onClose(true);
    });
  return (
    <FormDialog
      header={isEnabling ? texts.enableTitle : texts.disableTitle}
      submitText={isEnabling ? texts.enableKey : texts.disableKey}
      change={change}
      onSubmit={() => void changeState()}
      onClose={() => onClose(false)}
    >
      <Box>{isEnabling ? texts.enableText(keyId) : texts.disableText(keyId)}</Box>
    </FormDialog>
  );
}
