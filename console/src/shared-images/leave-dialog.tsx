import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { ChangeDialog } from '../parts/change-dialog.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { sharedImagesTexts } from './texts.ts';

/** Gives the holder's own share up. `onClose` is told whether the share is gone. */
export function LeaveDialog({ image, onClose }: { image: Image; onClose: (hasLeft: boolean) => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, holder } = usePlace();
  const { tell } = useNotices();

  const leave = async (idempotencyKey: string) => {
    const { region, imageId } = image;
    // Shared images are listed for a holder alone, so there is one.
    await answerOf(
      api.DELETE('/v1/regions/{region}/images/{imageId}/shares/{holder}', {
        params: { path: { region, imageId, holder: holder ?? '' }, query, header: { 'Idempotency-Key': idempotencyKey } },
      }),
    );
    tell({ type: 'success', text: texts.left(image.name, imageId) });
    onClose(true);
  };

  return (
    <ChangeDialog header={texts.leaveTitle} submitText={texts.leave} onSubmit={leave} onClose={() => onClose(false)}>
      <Box>{texts.leaveText(image.name, image.imageId, image.owner)}</Box>
      <Alert type="warning">{texts.leaveWarning}</Alert>
    </ChangeDialog>
  );
}
