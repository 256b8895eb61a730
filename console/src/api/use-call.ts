import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, problemOf } from './problem.ts';
import { onRenewal } from './renewal.ts';

/** What may be seen no longer is shown no longer. */
const isGone = ({ document }: Problem): boolean => document?.status === 403 || document?.status === 404;

const nothing = { data: undefined, readAt: undefined };

export interface Called<Data> {
  /** What was read last; it stays while it is read again, and when that fails. */
  readonly data: Data | undefined;
  /** Why it could not be read the last time. */
  readonly problem: Problem | undefined;
  readonly isLoading: boolean;
  /** When `data` was read. */
  readonly readAt: Date | undefined;
  readonly refresh: () => Promise<void>;
}

/**
 * Reads something when a page opens, when what it depends on changes, and every `everyMs` while that is stated and the page
 * is looked at. `read` has to be made by useCallback.
 */
export function useCall<Data>(
  read: () => Promise<Data>,
  { everyMs }: { readonly everyMs?: number | undefined } = {},
): Called<Data> {
  const [state, setState] = useState<Omit<Called<Data>, 'refresh'>>({
    data: undefined,
    problem: undefined,
    isLoading: true,
    readAt: undefined,
  });
  const requestNumber = useRef(0);
  const isInProgress = useRef(false);

  const load = useCallback(async () => {
    requestNumber.current += 1;
    const current = requestNumber.current;
    isInProgress.current = true;
    setState((before) => ({ ...before, isLoading: true }));
    try {
      const data = await read();
      if (current === requestNumber.current) {
        isInProgress.current = false;
        setState({ data, problem: undefined, isLoading: false, readAt: new Date() });
      }
    } catch (failure) {
      if (current === requestNumber.current) {
        isInProgress.current = false;
        const problem = problemOf(failure);
        setState((before) => ({ ...before, ...(isGone(problem) && nothing), problem, isLoading: false }));
      }
    }
  }, [read]);

  useEffect(() => {
    setState({ data: undefined, problem: undefined, isLoading: true, readAt: undefined });
    void load();
    return () => {
      requestNumber.current += 1;
    };
  }, [load]);

  const isRefused = state.problem?.document?.status === 401;
  useEffect(() => (isRefused ? onRenewal(() => void load()) : undefined), [isRefused, load]);

  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    const timer = setInterval(() => {
      // An answer that takes longer than that is waited for.
      if (document.visibilityState === 'visible' && !isInProgress.current) {
        void load();
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [load, everyMs]);

  return { ...state, refresh: load };
}
