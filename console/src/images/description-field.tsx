import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useTexts } from '../texts/use-texts.ts';
import { dialogTexts } from './dialog-texts.ts';

export function DescriptionField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const texts = useTexts(dialogTexts);
  return (
    <FormField label={texts.description} stretch>
      <Textarea rows={2} value={value} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
