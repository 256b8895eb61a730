import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { type Instance, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { isName, NameField } from '../components/name-field.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

const descriptionBytesMax = 768;

export function ImageFromInstanceDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query, refreshAccount } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, instanceId } = instance;
  const isTooLong = new TextEncoder().encode(description).length > descriptionBytesMax;

  const createImage = async () => {
    setSubmitted(true);
    if (!isName(name) || isTooLong) {
      return;
    }
    const body = { name, description };
    await change.make(body, async (header) => {
      const params = { path: { region, instanceId }, query, header };
      const image = await unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/images', { params, body }));
      notify({ type: 'success', text: texts.imageCreating(image.name, image.imageId) });
      void refreshAccount();
      onClose();
    });
  };

  return (
    <FormDialog
      header={texts.createImageTitle}
      submitText={texts.createImage}
      change={change}
      onSubmit={() => void createImage()}
      onClose={onClose}
    >
      <Box>{texts.createImageText(instanceId)}</Box>
      <NameField value={name} onChange={setName} isSubmitted={isSubmitted} />
      <FormField label={texts.description} errorText={isTooLong && texts.descriptionTooLong(descriptionBytesMax)}>
        <Textarea value={description} onChange={({ detail }) => setDescription(detail.value)} rows={3} />
      </FormField>
    </FormDialog>
  );
}
