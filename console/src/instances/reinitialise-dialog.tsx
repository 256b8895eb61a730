import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { answerOf, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { instancesTexts } from './texts.ts';

/** Makes a server's system disk anew from the image that it was made from. `onClose` is told whether it was done. */
export function ReinitialiseDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const { region, instanceId, imageId } = instance;

  const reinitialise = () =>
    change.make('reinitialise', async (header) => {
      const params = { path: { region, instanceId }, query, header };
      await answerOf(api.POST('/v1/regions/{region}/instances/{instanceId}/reinitialise', { params }));
      tell({ type: 'success', text: texts.reinitialised(instanceId, imageId) });
      onClose(true);
    });

  return (
    <FormDialog
      header={texts.reinitialiseTitle}
      submitText={texts.reinitialise}
      change={change}
      onSubmit={() => void reinitialise()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.reinitialiseText(instanceId, imageId)}</Box>
      <Alert type="warning">{texts.diskLost}</Alert>
    </FormDialog>
  );
}
