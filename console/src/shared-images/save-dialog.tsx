import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { type Image, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { isName, NameField } from '../components/name-field.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

export function SaveDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, refreshAccount } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();
  const [name, setName] = useState(image.name);
  const [isSubmitted, setSubmitted] = useState(false);

  const save = async () => {
    setSubmitted(true);
    if (!isName(name)) {
      return;
    }
    const body = { name };
    await change.make(body, async (header) => {
      const params = { path: { region: image.region, imageId: image.imageId }, query, header };
      const saved = await unwrap(api.POST('/v1/regions/{region}/images/{imageId}/saves', { params, body }));
      notify({ type: 'success', text: texts.saved(saved.name, saved.imageId) });
      void refreshAccount();
      onClose();
    });
  };

  return (
    <FormDialog
      header={texts.saveTitle}
      submitText={texts.saveAsCustom}
      change={change}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Box>{texts.saveText(image.name, image.imageId)}</Box>
      <NameField value={name} onChange={setName} isSubmitted={isSubmitted} />
    </FormDialog>
  );
}
