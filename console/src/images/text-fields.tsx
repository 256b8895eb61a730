import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The name of an image: the first field of its dialogs, where typing begins. */
export function NameField({ value, onChange, tellsFaults }: FieldProps & { readonly tellsFaults: boolean }) {
  const texts = useTexts(dialogTexts);
  const field = useRef<InputProps.Ref>(null);
  useEffect(() => {
    // A dialog that opens gives its first button the focus, which would take it from a field that has it already.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <FormField label={texts.name} errorText={tellsFaults && value.trim() === '' ? texts.nameMissing : undefined} stretch>
      <Input ref={field} value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}

export function DescriptionField({ value, onChange }: FieldProps) {
  const texts = useTexts(dialogTexts);
  return (
    <FormField label={texts.description} constraintText={texts.optional} stretch>
      <Textarea rows={2} value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
