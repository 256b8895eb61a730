import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { type Instance, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/queries.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { isName, NameField } from '../components/name-field.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

const descriptionBytesMax = 768;

export function ImageFromInstanceDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, instanceId } = instance;
  const isTooLong = new TextEncoder().encode(description).length > descriptionBytesMax;

  const change = useChange({
    send: (header, body: RequestBody<'CreateImageFromInstance'>) => {
      const params = { path: { region, instanceId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/images', { params, body }));
    },
    changes: [keys.images, keys.account],
    onSuccess: (image) => {
      notify({ type: 'success', text: texts.imageCreating(image.name, image.imageId) });
      onClose();
    },
  });
  const createImage = () => {
    setSubmitted(true);
    if (isName(name) && !isTooLong) {
      change.mutate({ name, description });
    }
  };

  return (
    <FormDialog
      header={texts.createImageTitle}
      submitText={texts.createImage}
      change={change}
      onSubmit={createImage}
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
