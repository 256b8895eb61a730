import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { type Image, unwrap } from '../api/client.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useChange } from '../components/use-change.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { sharedImagesTexts } from './texts.ts';

export function LeaveDialog({ image, onClose }: { image: Image; onClose: (hasLeft: boolean) => void }) {
  const texts = useTexts(sharedImagesTexts);
  const { api } = useSession();
  const { query, principal } = useWorkspace();
  const { notify } = useNotices();
  const change = useChange();

  const leave = () =>
    change.make('leave', async (header) => {
      const { region, imageId } = image;
      // Shared images are listed only for a principal, so it is defined.
      const params = { path: { region, imageId, recipient: principal ?? '' }, query, header };
      await unwrap(api.DELETE('/v1/regions/{region}/images/{imageId}/shares/{recipient}', { params }));
      notify({ type: 'success', text: texts.left(image.name, imageId) });
      onClose(true);
    });

  return (
    <FormDialog
      header={texts.leaveTitle}
      submitText={texts.leave}
      change={change}
      onSubmit={() => void leave()}
      onClose={() => onClose(false)}
    >
      <Box>{texts.leaveText(image.name, image.imageId, image.owner)}</Box>
      <Alert type="warning">{texts.leaveWarning}</Alert>
    </FormDialog>
  );
}
