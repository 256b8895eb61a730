import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { Copyable } from '../components/copyable.tsx';
import { PageLink } from '../components/page-link.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { addressBookTexts } from './texts.ts';
import { useAddressBook } from './use-address-book.ts';

interface PrincipalNameProps {
  /** The ID of another account or project. */
  readonly id: string;
  readonly isCopyable?: boolean;
  /** Whether the ID links to all images that are shared with it. */
  readonly isLinked?: boolean;
  /** Whether there is a button that changes the name. */
  readonly isEditable?: boolean;
}

/** An ID with its name in the address book. To put it into a sentence, use `useNameOf`. */
export function PrincipalName({ id, isCopyable = false, isLinked = false, isEditable = false }: PrincipalNameProps) {
  const texts = useTexts(addressBookTexts);
  const entry = useAddressBook().get(id);
  const [isOpen, setOpen] = useState(false);
  const label = entry === undefined ? texts.addOf(id) : texts.editOf(id);
  return (
    <>
      {entry !== undefined && <div>{entry.name}</div>}
      <Box variant="span" {...(entry !== undefined && { fontSize: 'body-s', color: 'text-body-secondary' })}>
        {isLinked && <PageLink to={`/recipients/${encodeURIComponent(id)}`}>{id}</PageLink>}
        {isCopyable ? <Copyable text={id} isButtonOnly={isLinked} /> : !isLinked && id}
      </Box>
      {isEditable && (
        <>
          {' '}
          <Button variant="inline-icon" iconName="edit" ariaLabel={label} onClick={() => setOpen(true)} />
        </>
      )}
      {isOpen && <EntryDialog entry={entry} principalId={id} onClose={() => setOpen(false)} />}
    </>
  );
}
