import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { NameSuggestions } from '../address-book/name-suggestions.tsx';
import { useInitialFocus } from '../components/use-initial-focus.ts';

interface ListFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The IDs in the text. */
  readonly ids: readonly string[];
}

/** IDs, one per line. Suggests entries of the address book for the last line. */
export function ListField({ value, onChange, ids }: ListFieldProps) {
  const field = useRef<TextareaProps.Ref>(null);
  useInitialFocus(() => field.current);
  const lastLine = value.slice(value.lastIndexOf('\n') + 1);
  return (
    <SpaceBetween size="xs">
      <Textarea
        ref={field}
        rows={8}
        spellcheck={false}
        autoComplete={false}
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
      />
      <NameSuggestions
        typed={lastLine}
        without={ids}
        onChoose={(id) => {
          onChange(`${value.slice(0, value.length - lastLine.length)}${id}\n`);
          field.current?.focus();
        }}
      />
    </SpaceBetween>
  );
}
