import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useTexts } from '../texts/use-texts.ts';
import { nameTexts } from './name-texts.ts';

const bytesMax = 128;

export const isWithin = (text: string, bytes: number): boolean => new TextEncoder().encode(text).length <= bytes;

/** Checks only the length; the service checks the rest. */
export const isName = (name: string): boolean => name.trim() !== '' && isWithin(name, bytesMax);

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Whether to report a missing name. A name that is too long is always reported. */
  readonly isSubmitted: boolean;
}

export function NameField({ value, onChange, isSubmitted }: NameFieldProps) {
  const texts = useTexts(nameTexts);
  const error = value.trim() === '' ? isSubmitted && texts.missing : !isName(value) && texts.tooLong(bytesMax);
  return (
    <FormField stretch label={texts.name} description={texts.limit(bytesMax)} errorText={error}>
      <Input value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
