import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { type AddressBookEntry, unwrap } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useChange } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { isName, isWithin } from '../components/name-limits.ts';
import { useNotices } from '../frame/notices.tsx';
import { useSession } from '../session/session-provider.tsx';
import { formProblemOf } from '../sharing/recipient-ids.ts';
import { useTexts } from '../texts/use-texts.ts';
import { noteBytesMax } from './entry.ts';
import { addressBookTexts } from './texts.ts';
import { useAddressBook } from './use-address-book.ts';

interface EntryDialogProps {
  /** The entry to change. Undefined: adds one. */
  readonly entry: AddressBookEntry | undefined;
  /** The ID to add. Undefined: the user enters it. */
  readonly principalId?: string;
  readonly onClose: () => void;
}

export function EntryDialog({ entry, principalId, onClose }: EntryDialogProps) {
  const texts = useTexts(addressBookTexts);
  const { api } = useSession();
  const { notify } = useNotices();
  const book = useAddressBook();
  const given = entry?.principalId ?? principalId;
  const [typed, setTyped] = useState('');
  const [name, setName] = useState(entry?.name ?? '');
  const [note, setNote] = useState(entry?.note ?? '');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const id = given ?? typed.trim();
  const isTaken = given === undefined && book.has(id);
  const idProblem = formProblemOf(id);
  const isNoteTooLong = !isWithin(note, noteBytesMax);
  const change = useChange({
    send: (header, body: Omit<AddressBookEntry, 'principalId'>) =>
      unwrap(api.PUT('/v1/account/address-book/{principalId}', { params: { path: { principalId: id }, header }, body })),
    changes: [keys.addressBook],
    onSuccess: (saved) => {
      notify({ type: 'success', text: texts.saved(saved.name, saved.principalId) });
      onClose();
    },
  });
  const idError = isTaken ? texts.taken : idProblem === undefined || id === '' ? undefined : texts.idProblems[idProblem];
  return (
    <FormDialog
      header={entry === undefined ? texts.addTitle : texts.editTitle}
      submitText={texts.save}
      change={change}
      isDisabled={isTaken || isNoteTooLong}
      onSubmit={() => {
        setIsSubmitted(true);
        if (idProblem === undefined && isName(name)) {
          change.mutate({ name: name.trim(), ...(note.trim() !== '' && { note: note.trim() }) });
        }
      }}
      onClose={onClose}
    >
      {given === undefined ? (
        <FormField stretch label={texts.id} errorText={idError ?? (isSubmitted && id === '' && texts.idMissing)}>
          <Input value={typed} spellcheck={false} autoComplete={false} onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
      ) : (
        <FormField label={texts.id}>{given}</FormField>
      )}
      <NameField value={name} onChange={setName} isSubmitted={isSubmitted} />
      <FormField
        stretch
        label={texts.noteOptional}
        description={texts.noteHint(noteBytesMax)}
        errorText={isNoteTooLong && texts.noteTooLong(noteBytesMax)}
      >
        <Input value={note} onChange={({ detail }) => setNote(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
