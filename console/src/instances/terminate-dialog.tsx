import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { type Instance, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

export function TerminateDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const { region, instanceId, os, disksGiB } = instance;

  const terminate = () =>
    change.make('terminate', async (header) => {
      const params = { path: { region, instanceId }, query, header };
      await unwrap(api.DELETE('/v1/regions/{region}/instances/{instanceId}', { params }));
      notify({ type: 'success', text: texts.terminated(instanceId) });
      onClose(true);
    });

  return (
    <FormDialog
      header={texts.terminateTitle}
      submitText={texts.terminate}
      change={change}
      onSubmit={() => void terminate()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.terminateText(instanceId, os, texts.disks(disksGiB))}</Box>
      <Alert type="warning">{texts.terminateWarning}</Alert>
    </FormDialog>
  );
}
