import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useRef } from 'react';
import { useInitialFocus } from '../components/use-initial-focus.ts';

export function ListField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const field = useRef<TextareaProps.Ref>(null);
  useInitialFocus(() => field.current);
  return (
    <Textarea
      ref={field}
      rows={8}
      spellcheck={false}
      autoComplete={false}
      value={value}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}
