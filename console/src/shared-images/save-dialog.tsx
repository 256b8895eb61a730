import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { isName, NameField } from '../parts/name-field.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { sharedImagesTexts } from './texts.ts';

/** Saves a shared image as the recipient's own, under a name of its choice. */
export function SaveDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, refreshAccount } = usePlace();
  const { tell } = useNotices();
  const change = useChange();
  const [name, setName] = useState(image.name);
  const [isTried, setTried] = useState(false);

  const save = async () => {
    setTried(true);
    if (!isName(name)) {
      return;
    }
    const body = { name };
    await change.make(body, async (header) => {
      const params = { path: { region: image.region, imageId: image.imageId }, query, header };
      const saved = await answerOf(api.POST('/v1/regions/{region}/images/{imageId}/saves', { params, body }));
      tell({ type: 'success', text: texts.saved(saved.name, saved.imageId) });
      void refreshAccount();
      onClose();
    });
  };

  return (
    <FormDialog
      header={texts.saveTitle}
      submitText={texts.saveAsOwn}
      change={change}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <Box>{texts.saveText(image.name, image.imageId)}</Box>
      <NameField value={name} onChange={setName} isTried={isTried} />
    </FormDialog>
  );
}
