import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useNameOf } from '../address-book/use-address-book.ts';
import { type Image, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

interface LeaveDialogProps {
  readonly image: Image;
  readonly onClose: () => void;
  /** Called instead of `onClose` once the caller has no access to the image. */
  readonly onLeft: () => void;
}

export function LeaveDialog({ image, onClose, onLeft }: LeaveDialogProps) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, principal } = useWorkspace();
  const { notify } = useNotices();
  const nameOf = useNameOf();

  const { region, imageId } = image;
  const change = useChange({
    send: (header) => {
      // Shared images are listed only for a principal, so it is defined.
      const params = { path: { region, imageId, recipient: principal ?? '' }, query, header };
      return unwrap(api.DELETE('/v1/regions/{region}/images/{imageId}/shares/{recipient}', { params }));
    },
    changes: [keys.images],
    onSuccess: () => {
      notify({ type: 'success', text: texts.left(image.name, imageId) });
      onLeft();
    },
  });

  return (
    <FormDialog
      header={texts.leaveTitle}
      submitText={texts.leave}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{texts.leaveText(image.name, image.imageId, nameOf(image.owner))}</Box>
      <Alert type="warning">{texts.leaveWarning}</Alert>
    </FormDialog>
  );
}
