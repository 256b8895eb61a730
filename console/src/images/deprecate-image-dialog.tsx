import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { type Image, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useOpenFix } from '../refusals/fix-context.ts';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';
import { imagesTexts } from './texts.ts';

interface DeprecateImageDialogProps {
  readonly image: Image;
  readonly onClose: () => void;
}

/** Deprecates an available image, and restores a deprecated one. */
export function DeprecateImageDialog({ image, onClose }: DeprecateImageDialogProps) {
  const texts = useTexts(dialogTexts);
  const { stopSharing } = useTexts(imagesTexts);
  const openFix = useOpenFix();
  const { api } = useSession();
  const { region, query } = useWorkspace();
  const { notify } = useNotices();
  const { name, imageId } = image;
  const deprecated = image.state !== 'deprecated';
  const isBlockedByShares = deprecated && !region.ownerMayDeprecateWhileShared && (image.shareCount ?? 0) > 0;

  const change = useChange({
    send: (header) => {
      const params = { path: { region: image.region, imageId }, query, header };
      return unwrap(api.PATCH('/v1/regions/{region}/images/{imageId}', { params, body: { deprecated } }));
    },
    changes: [keys.images],
    onSuccess: () => {
      notify({ type: 'success', text: deprecated ? texts.deprecated(name) : texts.restored(name) });
      onClose();
    },
  });

  return (
    <FormDialog
      header={deprecated ? texts.deprecateTitle(name) : texts.restoreTitle(name)}
      submitText={deprecated ? texts.deprecate : texts.restore}
      change={change}
      isDisabled={isBlockedByShares}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      {isBlockedByShares ? (
        <Alert
          type="warning"
          action={
            <Button
              formAction="none"
              onClick={() => {
                onClose();
                openFix({ dialog: 'stop-sharing', image: { region: image.region, imageId } });
              }}
            >
              {stopSharing}
            </Button>
          }
        >
          {texts.deprecateShared}
        </Alert>
      ) : (
        <Box>{deprecated ? texts.deprecateText(region.principalKind) : texts.restoreText}</Box>
      )}
    </FormDialog>
  );
}
