import { useRef, useState } from 'react';
import { Problem } from '../api/problem.ts';

interface Change {
  readonly isBusy: boolean;
  /** Why it was not done the last time. */
  readonly problem: Problem | undefined;
  /** Makes the change that `content` states. Gives what was answered, or undefined when it was refused or under way. */
  readonly make: <Answer>(content: unknown, call: (key: string) => Promise<Answer>) => Promise<Answer | undefined>;
  readonly forget: () => void;
}

/**
 * Changes of one opening of a dialog. The same content carries the same Idempotency-Key, so that a repeated click does
 * nothing twice; another content carries another.
 */
export function useChange(): Change {
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const underWay = useRef(false);
  const last = useRef({ content: '', key: '' });
  return {
    isBusy,
    problem,
    forget: () => setProblem(undefined),
    make: async (content, call) => {
      if (underWay.current) {
        return undefined;
      }
      underWay.current = true;
      setIsBusy(true);
      setProblem(undefined);
      const text = JSON.stringify(content);
      if (last.current.content !== text) {
        last.current = { content: text, key: crypto.randomUUID() };
      }
      try {
        return await call(last.current.key);
      } catch (failure) {
        setProblem(failure instanceof Problem ? failure : new Problem(undefined, failure));
        return undefined;
      } finally {
        underWay.current = false;
        setIsBusy(false);
      }
    },
  };
}
