import type { InputProps } from '@cloudscape-design/components/input';
import { useEffect, useRef } from 'react';

/** Gives focus to the first field of a dialog that opens. The dialog itself gives it to its Close button, so this waits for that. */
export function useFirstField(): React.RefObject<InputProps.Ref | null> {
  const field = useRef<InputProps.Ref>(null);
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return field;
}
