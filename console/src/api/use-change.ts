import { type QueryKey, type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { isPreviewing } from '../api-call/preview.ts';
import type { IdempotencyHeader, Once } from './idempotency.ts';
import type { Problem } from './problem.ts';

/**
 * Sends the same Idempotency-Key for the same content until it succeeds, so that a repeated click, or a retry after a lost
 * response, has no second effect. Different content for the same target gets a new key.
 */
function useIdempotencyKeys(): Once {
  const sent = useRef(new Map<string, { readonly text: string; readonly key: string }>());
  return useCallback(async (target, content, call) => {
    const text = JSON.stringify([content]);
    const last = sent.current.get(target);
    const key = last?.text === text ? last.key : crypto.randomUUID();
    sent.current.set(target, { text, key });
    const result = await call({ 'Idempotency-Key': key });
    sent.current.delete(target);
    return result;
  }, []);
}

interface Sending {
  /** Makes the calls that change something. In a preview, they are kept instead of sent. */
  readonly once: Once;
  /** If so, nothing may be read before, and what calls return is undefined. */
  readonly isPreview: boolean;
}

interface CallsOptions<Content, Result>
  extends Pick<UseMutationOptions<Result, Problem, Content>, 'onMutate' | 'onSuccess' | 'onError'> {
  readonly run: (sending: Sending, content: Content) => Promise<Result>;
  /** The keys of the queries that the change affects. */
  readonly changes: readonly QueryKey[];
}

/** A change that takes several calls, or reads something first. */
export function useCalls<Result, Content = void>({ run, changes, ...handlers }: CallsOptions<Content, Result>) {
  const once = useIdempotencyKeys();
  const mutation = useMutation({
    mutationFn: (content: Content) => run({ once, isPreview: false }, content),
    meta: { changes },
    ...handlers,
  });
  const mutate: typeof mutation.mutate = (...args) => {
    if (!isPreviewing((keep) => run({ once: keep, isPreview: true }, args[0] as Content))) {
      mutation.mutate(...args);
    }
  };
  return { ...mutation, mutate };
}

interface ChangeOptions<Content, Result> extends Omit<CallsOptions<Content, Result>, 'run'> {
  readonly send: (header: IdempotencyHeader, content: Content) => Promise<Result>;
}

/** A change that takes one call. */
export const useChange = <Result, Content = void>({ send, ...options }: ChangeOptions<Content, Result>) =>
  useCalls<Result, Content>({
    run: ({ once }, content) => once('', content, (header) => send(header, content)),
    ...options,
  });
