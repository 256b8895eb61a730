import { MutationCache, notifyManager, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { rememberNames } from './loaded-names.ts';
import type { Problem } from './problem.ts';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem;
    /** The keys of the queries that a change affects. */
    mutationMeta: { readonly changes?: readonly QueryKey[] };
  }
}

const retriesMax = 2;
const firstRetryMs = 1_000;
/** Users don't wait longer. */
const retryAfterSecondsMax = 10;
/** Lists are eventually consistent: they can lag a change by this much. */
const listLagMs = 1_500;

/** How long to wait before another attempt. Undefined if the response says that it would fail too. */
function retryDelayOf(failures: number, { response }: Problem): number | undefined {
  if (response === undefined) {
    return firstRetryMs * 2 ** failures;
  }
  const seconds = Number(response.headers.get('retry-after'));
  return response.status === 503 && seconds > 0 && seconds <= retryAfterSecondsMax ? seconds * 1_000 : undefined;
}

/** On 403 and 404 the caller lost access, so stale data must disappear. */
const isGone = ({ document }: Problem): boolean => document?.status === 403 || document?.status === 404;

// The default scheduler is a timer. A microtask disables a submit button before the user's next click.
notifyManager.setScheduler(queueMicrotask);

/** A cache for one session. Requests are sent even if the browser says that it is offline. */
export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onSuccess: (data, { queryKey }) => rememberNames(client, queryKey, data),
      onError: (problem, query) => {
        if (isGone(problem)) {
          query.setState({ data: undefined });
        }
      },
    }),
    mutationCache: new MutationCache({
      onSettled: (_data, problem, _variables, _onMutateResult, { meta }) => {
        const invalidate = () => {
          for (const queryKey of meta?.changes ?? []) {
            void client.invalidateQueries({ queryKey });
          }
        };
        // Without a document, the response was lost and the change might have been made.
        if (problem?.document === undefined) {
          invalidate();
          setTimeout(invalidate, listLagMs);
        }
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, problem) => failures < retriesMax && retryDelayOf(failures, problem) !== undefined,
        retryDelay: (failures, problem) => retryDelayOf(failures, problem) ?? 0,
      },
      // Nothing reads a finished mutation, and one of them returns a secret.
      mutations: { networkMode: 'always', gcTime: 0 },
    },
  });
  return client;
}
