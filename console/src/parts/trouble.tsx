import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { Called } from '../api/use-call.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { moment } from './moment.ts';
import { Refusal } from './refusal.tsx';

/** Says that what is shown could not be read, or not again, and offers to try once more. Nothing while all is well. */
export function Trouble({ called }: { called: Called<unknown> }) {
  const texts = useTexts(commonTexts);
  const { problem, data, readAt, refresh } = called;
  if (problem === undefined) {
    return null;
  }
  const again = <Button onClick={() => void refresh()}>{texts.retry}</Button>;
  return data === undefined || readAt === undefined ? (
    <Refusal problem={problem}>{again}</Refusal>
  ) : (
    <Alert type="warning" action={again}>
      {texts.stale(moment(readAt))}
    </Alert>
  );
}
