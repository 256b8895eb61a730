import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Instance, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { isName } from '../components/name-limits.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { DescriptionField, isDescription } from '../images/description-field.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { instancesTexts } from './texts.ts';

export function ImageFromInstanceDialog({ instance, onClose }: { instance: Instance; onClose: () => void }) {
  const texts = useTexts(instancesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [isSubmitted, setSubmitted] = useState(false);
  const { region, instanceId } = instance;

  const change = useChange({
    send: (header, body: RequestBody<'CreateImageFromInstance'>) => {
      const params = { path: { region, instanceId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/instances/{instanceId}/images', { params, body }));
    },
    changes: [keys.images, keys.account],
    onSuccess: (image) => {
      notify({ type: 'in-progress', text: texts.imageCreating(image.name, image.imageId), image });
      onClose();
    },
  });
  const createImage = () => {
    setSubmitted(true);
    if (isName(name) && isDescription(description)) {
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
      <DescriptionField value={description} onChange={setDescription} />
    </FormDialog>
  );
}
