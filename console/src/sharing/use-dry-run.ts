import { useEffect, useState } from 'react';
import type { Problem } from '../api/problem.ts';

const pauseMs = 500;

/** Dry-run failures by image ID. */
export type Problems = ReadonlyMap<string, Problem>;
const none: Problems = new Map();

/**
 * Runs `check` after a short pause whenever it changes; memoize it. Keeps the last result until the next one arrives. If
 * `check` is undefined, nothing runs.
 */
export function useDryRun(check: (() => Promise<Problems>) | undefined): { problems: Problems; isChecking: boolean } {
  const [problems, setProblems] = useState(none);
  const [isChecking, setIsChecking] = useState(false);
  useEffect(() => {
    setIsChecking(check !== undefined);
    if (check === undefined) {
      setProblems(none);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const result = await check();
      if (isCurrent) {
        setProblems(result);
        setIsChecking(false);
      }
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [check]);
  return { problems, isChecking };
}

/** Errors of single IDs. ShareCapExceeded also lists offenders, but concerns the image as a whole. */
export const violationsIn = (problems: Iterable<Problem>) =>
  new Map(
    [...problems].flatMap(({ document }) =>
      (document?.offenders ?? []).flatMap(({ id, code }) =>
        code === 'RecipientNotFound' || code === 'RecipientIsOwner' ? [[id, code] as const] : [],
      ),
    ),
  );

export const concernsImage = ({ document }: Problem): boolean =>
  document?.code !== 'RecipientNotFound' && document?.code !== 'RecipientIsOwner';
