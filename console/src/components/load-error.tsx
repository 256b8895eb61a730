import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { Called } from '../api/use-call.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { formatTime } from './format-time.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** Reports that data couldn't be loaded, or that it is stale, with a Retry button. */
export function LoadError({ called }: { called: Called<unknown> }) {
  const texts = useTexts(commonTexts);
  const { problem, data, readAt, refresh } = called;
  if (problem === undefined) {
    return null;
  }
  const again = <Button onClick={() => void refresh()}>{texts.retry}</Button>;
  return data === undefined || readAt === undefined ? (
    <ProblemAlert problem={problem}>{again}</ProblemAlert>
  ) : (
    <Alert type="warning" action={again}>
      {texts.stale(formatTime(readAt))}
    </Alert>
  );
}
