import Box from '@cloudscape-design/components/box';
import { answerOf } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import type { AccessKey } from './access-keys.tsx';
import { Dialog } from './dialog.tsx';
import { accountTexts } from './texts.ts';
import { useChange } from './use-change.ts';

/** Disables an active key and enables a disabled one. */
export function KeyStateDialog({
  accessKey: { keyId, state: before },
  onClose,
}: {
  accessKey: AccessKey;
  onClose: (hasChanged: boolean) => void;
}) {
  const texts = useTexts(accountTexts);
  const { api } = useSession();
  const { tell } = useNotices();
  const { make, ...change } = useChange();
  const isEnabling = before === 'disabled';
  const act = () =>
    make(
      (header) =>
        answerOf(
          api.PATCH('/v1/account/access-keys/{keyId}', {
            params: { path: { keyId }, header },
            body: { state: isEnabling ? 'active' : 'disabled' },
          }),
        ),
      () => {
        tell({ type: 'success', text: isEnabling ? texts.enabled(keyId) : texts.disabled(keyId) });
        onClose(true);
      },
    );
  return (
    <Dialog
      header={isEnabling ? texts.enableTitle : texts.disableTitle}
      act={isEnabling ? texts.enableKey : texts.disableKey}
      onAct={() => void act()}
      onCancel={() => onClose(false)}
      {...change}
    >
      <Box>{isEnabling ? texts.enableText(keyId) : texts.disableText(keyId)}</Box>
    </Dialog>
  );
}
