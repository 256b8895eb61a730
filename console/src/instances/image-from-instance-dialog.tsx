import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { answerOf, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { isName, NameField } from '../parts/name-field.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { instancesTexts } from './texts.ts';

const descriptionBytesMax = 768;

/** Makes a custom image of a server. */
export function ImageFromInstanceDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query, refreshAccount } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isTried, setTried] = useState(false);
  const { region, instanceId } = instance;
  const isTooLong = new TextEncoder().encode(description).length > descriptionBytesMax;

  const makeImage = async () => {
    setTried(true);
    if (!isName(name) || isTooLong) {
      return;
    }
    const body = { name, description };
    await change.make(body, async (header) => {
      const params = { path: { region, instanceId }, query, header };
      const image = await answerOf(api.POST('/v1/regions/{region}/instances/{instanceId}/images', { params, body }));
      tell({ type: 'success', text: texts.imageMade(image.name, image.imageId) });
      void refreshAccount();
      onClose();
    });
  };

  return (
    <FormDialog
      header={texts.makeImageTitle}
      submitText={texts.makeImage}
      change={change}
      onSubmit={() => void makeImage()}
      onClose={onClose}
    >
      <Box>{texts.makeImageText(instanceId)}</Box>
      <NameField value={name} onChange={setName} isTried={isTried} />
      <FormField label={texts.description} errorText={isTooLong && texts.descriptionTooLong(descriptionBytesMax)}>
        <Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} rows={3} />
      </FormField>
    </FormDialog>
  );
}
