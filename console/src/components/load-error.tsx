import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import type { QueryObserverBaseResult } from '@tanstack/react-query';
import { useState } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { formatTime } from './format-time.ts';
import { ProblemAlert } from './problem-alert.tsx';

type Status = 'data' | 'dataUpdatedAt' | 'error' | 'errorUpdateCount' | 'isFetching';

export interface LoadErrorProps {
  readonly query: Pick<QueryObserverBaseResult, Status> & { readonly refetch: () => Promise<unknown> };
}

/** Reports that data couldn't be loaded, or that it is stale, with a Retry button. */
export function LoadError({ query }: LoadErrorProps) {
  const texts = useTexts(commonTexts);
  const { data, dataUpdatedAt, error, errorUpdateCount, isFetching, refetch } = query;
  const [last, setLast] = useState(error);
  if (error !== null && error !== last) {
    setLast(error);
  }
  // A query without data drops its error when it retries. The alert stays, because its button has the focus.
  const isRetrying = data === undefined && isFetching && errorUpdateCount > 0;
  const problem = error ?? (isRetrying ? last : null);
  if (problem === null) {
    return null;
  }
  const status = problem.document?.status ?? 0;
  if (status === 401) {
    // The session has expired, which SessionProvider reports.
    return null;
  }
  // The same request would fail in the same way.
  const isFinal = status === 400 || status === 403 || status === 404;
  const retry = <Button onClick={() => void refetch()}>{texts.retry}</Button>;
  return data === undefined ? (
    <ProblemAlert problem={problem} action={!isFinal && retry} />
  ) : (
    <Alert type="warning" action={retry}>
      <LiveRegion>{texts.stale(formatTime(new Date(dataUpdatedAt)))}</LiveRegion>
    </Alert>
  );
}
