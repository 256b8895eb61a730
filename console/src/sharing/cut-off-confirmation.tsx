import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { removalTexts } from './removal-texts.ts';

interface CutOffConfirmationProps {
  /** How many recipients lose access. */
  readonly count: number;
  readonly onChange: (agrees: boolean) => void;
}

/** Asks for a word, because deleting a shared image ends the access of others. */
export function CutOffConfirmation({ count, onChange }: CutOffConfirmationProps) {
  const texts = useRegionTexts(removalTexts);
  const [typed, setTyped] = useState('');
  return (
    <FormField label={texts.confirmCutOff(count)}>
      <Input
        autoComplete={false}
        value={typed}
        onChange={({ detail }) => {
          setTyped(detail.value);
          onChange(detail.value.trim().toLowerCase() === texts.confirmWord);
        }}
      />
    </FormField>
  );
}
