import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTexts } from '../texts/use-texts.ts';
import { folded } from './entry.ts';
import { addressBookTexts } from './texts.ts';
import { useAddressBook, useNameOf } from './use-address-book.ts';

const shownMax = 5;

interface NameSuggestionsProps {
  /** What the user types: a part of a name or of an ID. */
  readonly typed: string;
  /** IDs that aren't suggested. */
  readonly without: readonly string[];
  readonly onChoose: (id: string) => void;
}

/** Entries of the address book to choose from while the user types IDs. */
export function NameSuggestions({ typed, without, onChoose }: NameSuggestionsProps) {
  const texts = useTexts(addressBookTexts);
  const book = useAddressBook();
  const nameOf = useNameOf();
  const text = folded(typed.trim());
  const found =
    text === ''
      ? []
      : [...book.values()].filter(
          ({ principalId, name }) =>
            (folded(name).includes(text) || folded(principalId).includes(text)) && !without.includes(principalId),
        );
  return found.length === 0 ? null : (
    <fieldset aria-label={texts.suggestions} style={{ border: 'none', margin: 0, padding: 0 }}>
      <SpaceBetween size="xs" direction="horizontal" alignItems="center">
        <Box color="text-body-secondary">{texts.suggestions}</Box>
        {found.slice(0, shownMax).map(({ principalId }) => (
          <Button key={principalId} variant="inline-link" formAction="none" onClick={() => onChoose(principalId)}>
            {nameOf(principalId)}
          </Button>
        ))}
        {found.length > shownMax && <Box color="text-body-secondary">{texts.more(found.length - shownMax)}</Box>}
      </SpaceBetween>
    </fieldset>
  );
}
