import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { answerOf, type Image } from '../api/client.ts';
import { useNotices } from '../frame/notices.tsx';
import { usePlace } from '../frame/place.tsx';
import { FormDialog } from '../parts/form-dialog.tsx';
import { useChange } from '../parts/use-change.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';

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
  const change = useChange();
  const { name, imageId } = image;
  const deprecated = image.state !== 'deprecated';
  const isKeptByShares = deprecated && !region.ownerMayDeprecateWhileShared && (image.shareCount ?? 0) > 0;

  const deprecate = () =>
    change.make('deprecate', async (header) => {
      const params = { path: { region: image.region, imageId }, query, header };
      await answerOf(api.PATCH('/v1/regions/{region}/images/{imageId}', { params, body: { deprecated } }));
      tell({ type: 'success', text: deprecated ? texts.deprecated(name) : texts.undeprecated(name) });
      onClose(true);
    });

  return (
    <FormDialog
      header={deprecated ? texts.deprecateTitle(name) : texts.undeprecateTitle(name)}
      submitText={deprecated ? texts.deprecate : texts.undeprecate}
      change={change}
      onSubmit={() => void deprecate()}
      onClose={() => onClose(false)}
    >
      <Box>{deprecated ? texts.deprecateText : texts.undeprecateText}</Box>
      {isKeptByShares && <Alert type="warning">{texts.deprecateShared}</Alert>}
    </FormDialog>
  );
}
