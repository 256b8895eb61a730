import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useTexts } from '../texts/texts.ts';
import { nameTexts } from './name-texts.ts';

const bytesMax = 128;

/** Whether the service takes it as an image's name, as far as length goes. */
export const isName = (name: string): boolean => name.trim() !== '' && new TextEncoder().encode(name).length <= bytesMax;

interface Name {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Whether a missing name is pointed out; one that is too long always is. */
  readonly isTried: boolean;
}

/** The name of an image to be. It is the first field of its dialog. */
export function NameField({ value, onChange, isTried }: Name) {
  const texts = useTexts(nameTexts);
  const trouble = value.trim() === '' ? isTried && texts.missing : !isName(value) && texts.tooLong(bytesMax);
  return (
    <FormField stretch label={texts.name} description={texts.bound(bytesMax)} errorText={trouble}>
      <Input value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
