import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { type Instance, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { imageTextOf } from './image-text.ts';
import { instancesTexts } from './texts.ts';

export function ReinitializeDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { named } = useTexts(commonTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const { region, instanceId } = instance;
  const image = imageTextOf(instance, named);

  const change = useChange({
    send: (header) => {
      const params = { path: { region, instanceId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/reinitialize', { params }));
    },
    changes: [keys.instances, keys.images],
    onSuccess: () => {
      notify({ type: 'success', text: texts.reinitialized(instanceId, image) });
      onClose();
    },
  });

  return (
    <FormDialog
      header={texts.reinitializeTitle}
      submitText={texts.reinitialize}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{texts.reinitializeText(instanceId, image)}</Box>
      <Alert type="warning">{texts.diskDataLost}</Alert>
    </FormDialog>
  );
}
