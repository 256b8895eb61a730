import { useRef, useState } from 'react';
import { type Problem, problemOf } from '../api/problem.ts';

/** Changes that one opening of a dialog makes. */
export interface Change {
  readonly isBusy: boolean;
  /** Why it was not done the last time. */
  readonly problem: Problem | undefined;
  /** Makes the change that `content` states, and says so; what `call` throws becomes the problem. Nothing while another is under way. */
  readonly make: (content: unknown, call: (header: { readonly 'Idempotency-Key': string }) => Promise<void>) => Promise<void>;
}

/**
 * A dialog's changes. The same content carries the same Idempotency-Key, so that a click that is repeated, or one whose
 * answer was lost, does nothing twice; another content carries another.
 */
export function useChange(): Change {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const isInProgress = useRef(false);
  const last = useRef({ content: '', key: '' });
  return {
    isBusy,
    problem,
    make: async (content, call) => {
      if (isInProgress.current) {
        return;
      }
      isInProgress.current = true;
      setIsBusy(true);
      setProblem(undefined);
      const text = JSON.stringify(content);
      if (last.current.content !== text) {
        last.current = { content: text, key: crypto.randomUUID() };
      }
      try {
        await call({ 'Idempotency-Key': last.current.key });
      } catch (failure) {
        setProblem(problemOf(failure));
      } finally {
        isInProgress.current = false;
        setIsBusy(false);
      }
    },
  };
}
