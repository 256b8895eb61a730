import Button from '@cloudscape-design/components/button';
import { useContext } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { ApiCallContext } from './api-call-context.ts';
import { previewOf } from './preview.ts';
import { apiCallTexts } from './texts.ts';

/** Shows the calls that `submit` would make, without making them. */
export function ApiCallButton({ submit, isDisabled }: { submit: () => void; isDisabled: boolean }) {
  const texts = useTexts(apiCallTexts);
  const show = useContext(ApiCallContext);
  return (
    show && (
      <Button variant="inline-link" formAction="none" disabled={isDisabled} onClick={() => void previewOf(submit).then(show)}>
        {texts.show}
      </Button>
    )
  );
}
