import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { answerOf, type Image, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { ChangeDialog } from '../parts/change-dialog.tsx';
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
  const [imageId, setImageId] = useState('');
  const [image, setImage] = useState<Image>();
  const [isTried, setTried] = useState(false);
  const { region, instanceId } = instance;
  const id = imageId.trim();

  const reinstall = async (idempotencyKey: string) => {
    await answerOf(
      api.POST('/v1/regions/{region}/instances/{instanceId}/reinstall', {
        params: { path: { region, instanceId }, query, header: { 'Idempotency-Key': idempotencyKey } },
        body: { imageId: id },
      }),
    );
    tell({ type: 'success', text: texts.reinstalled(instanceId, id) });
    onClose(true);
  };

  return (
    <ChangeDialog
      header={texts.reinstallTitle}
      submitText={texts.reinstall}
      isComplete={id !== ''}
      onIncomplete={() => setTried(true)}
      onSubmit={reinstall}
      onClose={() => onClose(false)}
    >
      <Box>{texts.reinstallText(instanceId, instance.imageId)}</Box>
      <ImageChoice value={imageId} onChange={setImageId} image={image} onFound={setImage} isTried={isTried} />
      <Alert type="warning">{texts.diskLost}</Alert>
    </ChangeDialog>
  );
}
