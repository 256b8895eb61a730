import { useCallback, useState } from 'react';
import { Problem } from '../api/problem.ts';

interface Change {
  readonly isBusy: boolean;
  /** Why the change was not made the last time it was tried. */
  readonly problem: Problem | undefined;
  /** Makes the change, and tells `done` what it was answered with. */
  readonly make: <Answer>(
    call: (header: { readonly 'Idempotency-Key': string }) => Promise<Answer>,
    done: (answer: Answer) => void,
  ) => Promise<void>;
}

/** A change that a dialog makes. It has one Idempotency-Key for as long as the dialog is open, so that a repeat does nothing twice. */
export function useChange(): Change {
  const [key] = useState(() => crypto.randomUUID());
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const make = useCallback<Change['make']>(
    async (call, done) => {
      setIsBusy(true);
      setProblem(undefined);
      try {
        done(await call({ 'Idempotency-Key': key }));
      } catch (failure) {
        setProblem(failure instanceof Problem ? failure : new Problem(undefined, failure));
      } finally {
        setIsBusy(false);
      }
    },
    [key],
  );
  return { isBusy, problem, make };
}
