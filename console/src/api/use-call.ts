import { useCallback, useEffect, useRef, useState } from 'react';
import { type Problem, problemOf } from './problem.ts';
import { onRenewal } from './renewal.ts';

/** On 403 and 404 the caller lost access, so stale data must disappear. */
const isGone = ({ document }: Problem): boolean => document?.status === 403 || document?.status === 404;

const nothing = { data: undefined, readAt: undefined };

export interface Called<Data> {
  /** The last successful result. Kept during a refresh, and if the refresh fails. */
  readonly data: Data | undefined;
  /** Why the last request failed. */
  readonly problem: Problem | undefined;
  readonly isLoading: boolean;
  /** When `data` was loaded. */
  readonly readAt: Date | undefined;
  readonly refresh: () => Promise<void>;
}

/**
 * Calls `read` on mount, whenever `read` changes, and every `everyMs` while the page is visible. Wrap `read` in useCallback.
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
      // Skip this poll if the previous one is still running.
      if (document.visibilityState === 'visible' && !isInProgress.current) {
        void load();
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [load, everyMs]);

  return { ...state, refresh: load };
}
