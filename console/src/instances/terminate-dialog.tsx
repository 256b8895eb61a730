import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { type Instance, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

export function TerminateDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const { region, instanceId, os, disksGiB } = instance;

  const change = useChange({
    send: (header) => {
      const params = { path: { region, instanceId }, query, header };
      return unwrap(api.DELETE('/v1/regions/{region}/instances/{instanceId}', { params }));
    },
    changes: [keys.instances],
    onSuccess: () => {
      notify({ type: 'success', text: texts.terminated(instanceId) });
      onClose();
    },
  });

  return (
    <FormDialog
      header={texts.terminateTitle}
      submitText={texts.terminate}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{texts.terminateText(instanceId, os, texts.disks(disksGiB))}</Box>
      <Alert type="warning">{texts.terminateWarning}</Alert>
    </FormDialog>
  );
}
