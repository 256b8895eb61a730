import { useEffect, useState } from 'react';
import type { Problem } from '../api/problem.ts';

const pauseMs = 500;

/** What the service says it would refuse: one problem for each image that has one. */
export type Problems = ReadonlyMap<string, Problem>;
const none: Problems = new Map();

/**
 * Asks after a short pause what would be refused, whenever the question changes. `ask` has to be made by useCallback or
 * useMemo; while it is undefined nothing is asked. The last answer stays until the next one.
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

/** What the service said of single ids. That there is no room is said of the image, not of everybody who found none. */
export const violationsIn = (problems: Iterable<Problem>) =>
  new Map(
    [...problems].flatMap(({ document }) =>
      (document?.offenders ?? [])
        .filter(({ code }) => code === 'RecipientNotFound' || code === 'RecipientIsOwner')
        .map(({ id, code, reason }) => [id, { code, reason }] as const),
    ),
  );

/** What is refused for another reason than the ids that were named. */
export const concernsImage = ({ document }: Problem): boolean =>
  document?.code !== 'RecipientNotFound' && document?.code !== 'RecipientIsOwner';
