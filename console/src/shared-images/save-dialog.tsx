import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { ChangeDialog } from '../parts/change-dialog.tsx';
import { isName, NameField } from '../parts/name-field.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { sharedImagesTexts } from './texts.ts';

/** Saves a shared image as the recipient's own, under a name of its choice. */
export function SaveDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, refreshAccount } = usePlace();
  const { tell } = useNotices();
  const [name, setName] = useState(image.name);
  const [isTried, setTried] = useState(false);

  const save = async (idempotencyKey: string) => {
    const { region, imageId } = image;
    const saved = await answerOf(
      api.POST('/v1/regions/{region}/images/{imageId}/saves', {
        params: { path: { region, imageId }, query, header: { 'Idempotency-Key': idempotencyKey } },
        body: { name },
      }),
    );
    tell({ type: 'success', text: texts.saved(saved.name, saved.imageId) });
    void refreshAccount();
    onClose();
  };

  return (
    <ChangeDialog
      header={texts.saveTitle}
      submitText={texts.saveAsOwn}
      isComplete={isName(name)}
      onIncomplete={() => setTried(true)}
      onSubmit={save}
      onClose={onClose}
    >
      <Box>{texts.saveText(image.name, image.imageId)}</Box>
      <NameField value={name} onChange={setName} isTried={isTried} />
    </ChangeDialog>
  );
}
