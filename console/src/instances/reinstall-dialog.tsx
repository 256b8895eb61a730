import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Image, type Instance, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { ImageField } from './image-field.tsx';
import { instancesTexts } from './texts.ts';

export function ReinstallDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const [imageId, setImageId] = useState('');
  const [image, setImage] = useState<Image>();
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, instanceId } = instance;
  const id = imageId.trim();

  const reinstall = async () => {
    setSubmitted(true);
    if (id === '') {
      return;
    }
    const body = { imageId: id };
    await change.make(body, async (header) => {
      const params = { path: { region, instanceId }, query, header };
      await unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/reinstall', { params, body }));
      notify({ type: 'success', text: texts.reinstalled(instanceId, id) });
      onClose(true);
    });
  };

  return (
    <FormDialog
      header={texts.reinstallTitle}
      submitText={texts.reinstall}
      change={change}
      onSubmit={() => void reinstall()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.reinstallText(instanceId, instance.imageId)}</Box>
      <ImageField value={imageId} onChange={setImageId} image={image} onFound={setImage} isSubmitted={isSubmitted} />
      <Alert type="warning">{texts.diskDataLost}</Alert>
    </FormDialog>
  );
}
