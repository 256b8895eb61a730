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
export function useForecast(ask: (() => Promise<Problems>) | undefined): { problems: Problems; isAsking: boolean } {
  const [problems, setProblems] = useState(none);
  const [isAsking, setIsAsking] = useState(false);
  useEffect(() => {
    setIsAsking(ask !== undefined);
    if (ask === undefined) {
      setProblems(none);
      return;
    }
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const answer = await ask();
      if (isCurrent) {
        setProblems(answer);
        setIsAsking(false);
      }
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [ask]);
  return { problems, isAsking };
}

/** What the service said of single ids. That there is no room is said of the image, not of everybody who found none. */
export const offencesIn = (problems: Iterable<Problem>) =>
  new Map(
    [...problems].flatMap(({ document }) =>
      (document?.offenders ?? [])
        .filter(({ code }) => code === 'RecipientNotFound' || code === 'RecipientIsOwner')
        .map(({ id, code, reason }) => [id, { code, reason }] as const),
    ),
  );

/** What is refused for another reason than the ids that were named. */
export const isOfImage = ({ document }: Problem): boolean =>
  document?.code !== 'RecipientNotFound' && document?.code !== 'RecipientIsOwner';
