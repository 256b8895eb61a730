import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { isWithin } from '../components/name-limits.ts';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';

const bytesMax = 768;

export const isDescription = (text: string): boolean => isWithin(text, bytesMax);

export function DescriptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const texts = useTexts(dialogTexts);
  return (
    <FormField label={texts.description} errorText={!isDescription(value) && texts.descriptionTooLong(bytesMax)} stretch>
      <Textarea rows={2} value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
