import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { answerOf, type Image, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { ImageChoice } from './image-choice.tsx';
import { instancesTexts } from './texts.ts';

/** Replaces a server's system disk with that of another image. `onClose` is told whether it was done. */
export function ReinstallDialog({ instance, onClose }: { instance: Instance; onClose: (isDone: boolean) => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [imageId, setImageId] = useState('');
  const [image, setImage] = useState<Image>();
  const [isTried, setTried] = useState(false);
  const { region, instanceId } = instance;
  const id = imageId.trim();

  const reinstall = async () => {
    setTried(true);
    if (id === '') {
      return;
    }
    const body = { imageId: id };
    await change.make(body, async (header) => {
      const params = { path: { region, instanceId }, query, header };
      await answerOf(api.POST('/v1/regions/{region}/instances/{instanceId}/reinstall', { params, body }));
      tell({ type: 'success', text: texts.reinstalled(instanceId, id) });
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
      <ImageChoice value={imageId} onChange={setImageId} image={image} onFound={setImage} isTried={isTried} />
      <Alert type="warning">{texts.diskLost}</Alert>
    </FormDialog>
  );
}
