import Box from '@cloudscape-design/components/box';
import { type AddressBookEntry, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { addressBookTexts } from './texts.ts';

export function DeleteEntryDialog({ entry, onClose }: { entry: AddressBookEntry; onClose: () => void }) {
  const texts = useTexts(addressBookTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const { principalId, name } = entry;
  const change = useChange({
    send: (header) => unwrap(api.DELETE('/v1/account/address-book/{principalId}', { params: { path: { principalId }, header } })),
    changes: [keys.addressBook],
    onSuccess: () => {
      notify({ type: 'success', text: texts.deleted(principalId) });
      onClose();
    },
  });
  return (
    <FormDialog
      header={texts.deleteTitle}
      submitText={texts.delete}
      change={change}
      onSubmit={() => change.mutate()}
      onClose={onClose}
    >
      <Box>{texts.deleteText(name, principalId)}</Box>
    </FormDialog>
  );
}
