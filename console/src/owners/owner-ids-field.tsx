import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { NameSuggestions } from '../address-book/name-suggestions.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { FieldErrors } from '../sharing/field-errors.tsx';
import { addIds, idsIn, issuesOf, noIds } from '../sharing/recipient-ids.ts';
import { sharingTexts } from '../sharing/texts.ts';
import { ownersTexts } from './texts.ts';

/** Limit of the API: `owners` and `blockedOwners` in docs/openapi.json. */
export const ownersMax = 100;

const issuesIn = (text: string) => issuesOf(addIds(noIds, idsIn(text)), { owners: [], recipients: [], violations: new Map() });

/** The unique IDs in the text; undefined if some are invalid or there are too many. */
export function ownersIn(text: string): string[] | undefined {
  const { ids } = addIds(noIds, idsIn(text));
  const isInvalid = [...issuesIn(text).values()].some(({ isError }) => isError);
  return isInvalid || ids.length > ownersMax ? undefined : [...ids];
}

interface OwnerIdsFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly isDisabled: boolean;
  readonly onChange: (value: string) => void;
}

/** A list of owner IDs, one per line, with a note about each line that is invalid. */
export function OwnerIdsField({ label, hint, value, isDisabled, onChange }: OwnerIdsFieldProps) {
  const texts = useRegionTexts(ownersTexts);
  const sharing = useRegionTexts(sharingTexts);
  const field = useRef<TextareaProps.Ref>(null);
  const issues = issuesIn(value);
  const { ids } = addIds(noIds, idsIn(value));
  const excess = ids.length - ownersMax;
  const lastLine = value.slice(value.lastIndexOf('\n') + 1);
  const hasInvalid = [...issues.values()].some(({ isError }) => isError);
  return (
    <SpaceBetween size="xs">
      <FormField
        stretch
        label={label}
        description={hint}
        errorText={hasInvalid ? sharing.invalidIds : excess > 0 && texts.tooMany(excess, ownersMax)}
      >
        <Textarea
          ref={field}
          rows={5}
          spellcheck={false}
          autoComplete={false}
          disabled={isDisabled}
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
      <NameSuggestions
        typed={lastLine}
        without={ids}
        onChoose={(id) => {
          onChange(`${value.slice(0, value.length - lastLine.length)}${id}\n`);
          field.current?.focus();
        }}
      />
      <FieldErrors issues={issues} images={1} />
    </SpaceBetween>
  );
}
