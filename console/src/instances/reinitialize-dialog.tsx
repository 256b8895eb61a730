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

export function ReinitializeDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const { region, instanceId, imageId } = instance;

  const reinitialize = () =>
    change.make('reinitialize', async (header) => {
      const params = { path: { region, instanceId }, query, header };
      await unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/reinitialize', { params }));
      notify({ type: 'success', text: texts.reinitialized(instanceId, imageId) });
      onClose(true);
    });

  return (
    <FormDialog
      header={texts.reinitializeTitle}
      submitText={texts.reinitialize}
      change={change}
      onSubmit={() => void reinitialize()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.reinitializeText(instanceId, imageId)}</Box>
      <Alert type="warning">{texts.diskDataLost}</Alert>
    </FormDialog>
  );
}
