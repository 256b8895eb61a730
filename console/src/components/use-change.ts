import { useRef, useState } from 'react';
import { type Problem, problemOf } from '../api/problem.ts';

/** The requests of one dialog. */
export interface Change {
  readonly isBusy: boolean;
  /** Why the last request failed. */
  readonly problem: Problem | undefined;
  /** Runs `call`, and stores what it throws as `problem`. Ignored while a request is running. `content` identifies the request for idempotency. */
  readonly make: (content: unknown, call: (header: { readonly 'Idempotency-Key': string }) => Promise<void>) => Promise<void>;
}

/**
 * Sends the same Idempotency-Key for the same content, so that a repeated click, or a retry after a lost response, has no
 * second effect. Different content gets a new key.
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
