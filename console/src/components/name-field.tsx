import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useTexts } from '../texts/use-texts.ts';
import { isName, nameBytesMax } from './name-limits.ts';
import { nameTexts } from './name-texts.ts';

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Whether to report a missing name. A name that is too long is always reported. */
  readonly isSubmitted: boolean;
}

export function NameField({ value, onChange, isSubmitted }: NameFieldProps) {
  const texts = useTexts(nameTexts);
  const error = value.trim() === '' ? isSubmitted && texts.missing : !isName(value) && texts.tooLong(nameBytesMax);
  return (
    <FormField stretch label={texts.name} constraintText={texts.limit(nameBytesMax)} errorText={error}>
      <Input value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
