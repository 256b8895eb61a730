import { type RefObject, useEffect, useState } from 'react';

/**
 * Brings into sight why what was sent is not done: the first field that is wrong, which gets the focus, or else the
 * refusal. What it gives is called when something is sent; `refusal` changes when the service refuses it.
 */
export function useRevealError(form: RefObject<HTMLElement | null>, refusal: unknown): () => void {
  const [sent, setSent] = useState(0);
  useEffect(() => {
    if (sent > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
    }
  }, [form, sent]);
  useEffect(() => {
    if (refusal !== undefined) {
      form.current?.querySelector('[data-problem]')?.scrollIntoView({ block: 'nearest' });
    }
  }, [form, refusal]);
  return () => setSent((before) => before + 1);
}
