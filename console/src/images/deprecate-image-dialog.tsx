import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';
import { FormDialog } from './form-dialog.tsx';
import { useChange } from './use-change.ts';

interface DeprecateImageDialogProps {
  readonly image: Image;
  readonly onClose: (changed: boolean) => void;
}

/** Deprecates an image, or makes a deprecated one available again. */
export function DeprecateImageDialog({ image, onClose }: DeprecateImageDialogProps) {
  const texts = useTexts(dialogTexts);
  const { api } = useSession();
  const { region, query } = usePlace();
  const { tell } = useNotices();
  const { isBusy, problem, make } = useChange();
  const { name, imageId } = image;
  const deprecated = image.state !== 'deprecated';
  const isKeptByShares = deprecated && !region.ownerMayDeprecateWhileShared && (image.shareCount ?? 0) > 0;

  const change = async () => {
    const body = { deprecated };
    const after = await make(body, (key) => {
      const params = { path: { region: image.region, imageId }, query, header: { 'Idempotency-Key': key } };
      return answerOf(api.PATCH('/v1/regions/{region}/images/{imageId}', { params, body }));
    });
    if (after !== undefined) {
      tell({ type: 'success', text: deprecated ? texts.deprecated(name) : texts.undeprecated(name) });
      onClose(true);
    }
  };

  return (
    <FormDialog
      title={deprecated ? texts.deprecateTitle(name) : texts.undeprecateTitle(name)}
      submit={deprecated ? texts.deprecate : texts.undeprecate}
      isBusy={isBusy}
      problem={problem}
      onSubmit={() => void change()}
      onClose={() => onClose(false)}
    >
      <Box>{deprecated ? texts.deprecateText : texts.undeprecateText}</Box>
      {isKeptByShares && <Alert type="warning">{texts.deprecateShared}</Alert>}
    </FormDialog>
  );
}
