import { type QueryKey, useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { isPreviewing } from '../api-call/preview.ts';

export interface IdempotencyHeader {
  readonly 'Idempotency-Key': string;
}

/**
 * Sends the same Idempotency-Key for the same content until it succeeds, so that a repeated click, or a retry after a lost
 * response, has no second effect. Different content for the same target gets a new key.
 */
export function useIdempotencyKeys() {
  const sent = useRef(new Map<string, { readonly text: string; readonly key: string }>());
  return useCallback(
    async <Result>(target: string, content: unknown, call: (header: IdempotencyHeader) => Promise<Result>): Promise<Result> => {
      const text = JSON.stringify([content]);
      const last = sent.current.get(target);
      const key = last?.text === text ? last.key : crypto.randomUUID();
      sent.current.set(target, { text, key });
      const result = await call({ 'Idempotency-Key': key });
      sent.current.delete(target);
      return result;
    },
    [],
  );
}

interface ChangeOptions<Content, Result> {
  readonly send: (header: IdempotencyHeader, content: Content) => Promise<Result>;
  /** The keys of the queries that the change affects. */
  readonly changes: readonly QueryKey[];
  readonly onSuccess?: (result: Result) => void;
}

/** One change that a dialog sends. */
export function useChange<Result, Content = void>({ send, changes, onSuccess }: ChangeOptions<Content, Result>) {
  const once = useIdempotencyKeys();
  const mutation = useMutation({
    mutationFn: (content: Content) => once('', content, (header) => send(header, content)),
    meta: { changes },
    ...(onSuccess && { onSuccess }),
  });
  const mutate: typeof mutation.mutate = (...args) => {
    if (!isPreviewing((header) => send(header, args[0] as Content))) {
      mutation.mutate(...args);
    }
  };
  return { ...mutation, mutate, canPreview: true };
}
