import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useTexts } from '../texts/texts.ts';
import { dialogTexts } from './dialog-texts.ts';

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The name of an image: the first field of its dialogs. */
export function NameField({ value, onChange, tellsFaults }: FieldProps & { readonly tellsFaults: boolean }) {
  const texts = useTexts(dialogTexts);
  return (
    <FormField label={texts.name} errorText={tellsFaults && value.trim() === '' ? texts.nameMissing : undefined} stretch>
      <Input autoFocus value={value} onChange={({ detail }) => onChange(detail.value)} />
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
