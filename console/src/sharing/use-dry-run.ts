import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys.ts';
import { pause } from '../api/pause.ts';
import type { Problem } from '../api/problem.ts';
import { isRecipientViolation } from './recipient-ids.ts';

const pauseMs = 500;

/** Dry-run failures by image ID. */
export type Problems = ReadonlyMap<string, Problem>;
const none: Problems = new Map();

/**
 * Runs `check` after a short pause whenever `content` changes. Keeps the last result until the next one arrives. If `content`
 * is undefined, nothing runs.
 */
export function useDryRun(
  content: readonly unknown[] | undefined,
  check: () => Promise<Problems>,
): { problems: Problems; isChecking: boolean } {
  const isEnabled = content !== undefined;
  const { data, isFetching } = useQuery({
    queryKey: keys.dryRun(content),
    queryFn: async ({ signal }) => {
      await pause(pauseMs, signal);
      return check();
    },
    enabled: isEnabled,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
  return { problems: (isEnabled && data) || none, isChecking: isFetching };
}

/** Errors of single IDs. ShareCapExceeded also lists offenders, but concerns the image as a whole. */
export const violationsIn = (problems: Iterable<Problem>) =>
  new Map(
    [...problems].flatMap(({ document }) =>
      (document?.offenders ?? []).flatMap(({ id, code }) => (isRecipientViolation(code) ? [[id, code] as const] : [])),
    ),
  );

export const concernsImage = ({ document }: Problem): boolean => document === undefined || !isRecipientViolation(document.code);
