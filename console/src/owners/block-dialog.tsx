import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import { useNameOf } from '../address-book/use-address-book.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { ownersTexts } from './texts.ts';
import { useOwnerChanges } from './use-owners.ts';

export function BlockDialog({ owner, onClose }: { owner: string; onClose: () => void }) {
  const texts = useRegionTexts(ownersTexts);
  const nameOf = useNameOf();
  const { region } = useWorkspace();
  const { block } = useOwnerChanges();
  return (
    <FormDialog
      header={texts.block}
      submitText={texts.block}
      change={block}
      onSubmit={() => block.mutate({ owner, isBlocked: true }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Box>{texts.blockText(nameOf(owner))}</Box>
      <Alert type="info">{texts.existingStay(region.recipientMayLeave)}</Alert>
    </FormDialog>
  );
}
