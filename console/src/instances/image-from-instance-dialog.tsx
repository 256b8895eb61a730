import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { answerOf, type Instance } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { ChangeDialog } from '../parts/change-dialog.tsx';
import { isName, NameField } from '../parts/name-field.tsx';
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
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isTried, setTried] = useState(false);
  const { region, instanceId } = instance;
  const isTooLong = new TextEncoder().encode(description).length > descriptionBytesMax;

  const make = async (idempotencyKey: string) => {
    const image = await answerOf(
      api.POST('/v1/regions/{region}/instances/{instanceId}/images', {
        params: { path: { region, instanceId }, query, header: { 'Idempotency-Key': idempotencyKey } },
        body: { name, description },
      }),
    );
    tell({ type: 'success', text: texts.imageMade(image.name, image.imageId) });
    void refreshAccount();
    onClose();
  };

  return (
    <ChangeDialog
      header={texts.makeImageTitle}
      submitText={texts.makeImage}
      isComplete={isName(name) && !isTooLong}
      onIncomplete={() => setTried(true)}
      onSubmit={make}
      onClose={onClose}
    >
      <Box>{texts.makeImageText(instanceId)}</Box>
      <NameField value={name} onChange={setName} isTried={isTried} />
      <FormField label={texts.description} errorText={isTooLong && texts.descriptionTooLong(descriptionBytesMax)}>
        <Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} rows={3} />
      </FormField>
    </ChangeDialog>
  );
}
