import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { answerOf, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { ChangeDialog } from '../parts/change-dialog.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { instancesTexts } from './texts.ts';

/** Ends a server for good. `onClose` is told whether it was done. */
export function TerminateDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const { tell } = useNotices();
  const { region, instanceId, os, disksGiB } = instance;

  const terminate = async (idempotencyKey: string) => {
    await answerOf(
      api.DELETE('/v1/regions/{region}/instances/{instanceId}', {
        params: { path: { region, instanceId }, query, header: { 'Idempotency-Key': idempotencyKey } },
      }),
    );
    tell({ type: 'success', text: texts.terminated(instanceId) });
    onClose(true);
  };

  return (
    <ChangeDialog header={texts.terminateTitle} submitText={texts.terminate} onSubmit={terminate} onClose={() => onClose(false)}>
      <Box>{texts.terminateText(instanceId, os, texts.disks(disksGiB))}</Box>
      <Alert type="warning">{texts.terminateWarning}</Alert>
    </ChangeDialog>
  );
}
