import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Image, type Instance, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ImageField, isImageChosen } from './image-field.tsx';
import { imageTextOf } from './image-text.ts';
import { instancesTexts } from './texts.ts';

export function ReinstallDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { named } = useTexts(commonTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const [imageId, setImageId] = useState('');
  const [image, setImage] = useState<Image>();
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, instanceId } = instance;
  const id = imageId.trim();

  const change = useChange({
    send: (header, body: RequestBody<'ReinstallInstance'>) => {
      const params = { path: { region, instanceId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/reinstall', { params, body }));
    },
    changes: [keys.instances, keys.images],
    onSuccess: (reinstalled) => {
      notify({ type: 'success', text: texts.reinstalled(instanceId, imageTextOf(reinstalled, named)) });
      onClose();
    },
  });
  const reinstall = () => {
    setSubmitted(true);
    if (isImageChosen(id, image)) {
      change.mutate({ imageId: id });
    }
  };

  return (
    <FormDialog header={texts.reinstallTitle} submitText={texts.reinstall} change={change} onSubmit={reinstall} onClose={onClose}>
      <Box>{texts.reinstallText(instanceId, imageTextOf(instance, named))}</Box>
      <ImageField value={imageId} onChange={setImageId} image={image} onFound={setImage} isSubmitted={isSubmitted} />
      <Alert type="warning">{texts.diskDataLost}</Alert>
    </FormDialog>
  );
}
