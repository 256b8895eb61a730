import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Image, type RequestBody, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { isName } from '../components/name-limits.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

export function SaveDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const [name, setName] = useState(image.name);
  const [isSubmitted, setSubmitted] = useState(false);

  const change = useChange({
    send: (header, body: RequestBody<'SaveSharedImage'>) => {
      const params = { path: { region: image.region, imageId: image.imageId }, query, header };
      return unwrap(api.POST('/v1/regions/{region}/images/{imageId}/saves', { params, body }));
    },
    changes: [keys.images, keys.account],
    onSuccess: (saved) => {
      notify({ type: 'in-progress', text: texts.saved(image.name, saved.name, saved.imageId), image: saved });
      onClose();
    },
  });
  const save = () => {
    setSubmitted(true);
    if (isName(name)) {
      change.mutate({ name });
    }
  };

  return (
    <FormDialog header={texts.saveCopy} submitText={texts.saveCopy} change={change} onSubmit={save} onClose={onClose}>
      <Box>{texts.saveText(image.name, image.imageId)}</Box>
      <NameField value={name} onChange={setName} isSubmitted={isSubmitted} />
    </FormDialog>
  );
}
