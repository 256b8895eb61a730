import { type RefObject, useEffect, useState } from 'react';

/**
 * After a submit, focuses the first invalid field, or scrolls to the error alert when `error` changes. Call the returned
 * function on every submit.
 */
export function useRevealError(form: RefObject<HTMLElement | null>, error: unknown): () => void {
  const [sent, setSent] = useState(0);
  useEffect(() => {
    if (sent > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [form, sent]);
  useEffect(() => {
    if (error !== null) {
      form.current?.querySelector('[data-problem]')?.scrollIntoView({ block: 'nearest' });
    }
  }, [form, error]);
  return () => setSent((before) => before + 1);
}
