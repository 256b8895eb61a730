import Button from '@cloudscape-design/components/button';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../texts/use-texts.ts';
import { curlOf } from './curl.ts';
import { previewOf } from './preview.ts';
import { apiCallTexts } from './texts.ts';

const ApiCallDialog = lazy(() => import('./api-call-dialog.tsx'));

/** Shows the request that `submit` would send, without sending it. */
export function ApiCallButton({ submit, isDisabled }: { submit: () => void; isDisabled: boolean }) {
  const texts = useTexts(apiCallTexts);
  const [shown, setShown] = useState<{ readonly command: string | undefined }>();
  const show = async () => {
    const request = await previewOf(submit);
    setShown({ command: request && (await curlOf(request)) });
  };
  return (
    <>
      <Button variant="link" disabled={isDisabled} onClick={() => void show()}>
        {texts.show}
      </Button>
      {shown && (
        <Suspense fallback={null}>
          <ApiCallDialog command={shown.command} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </>
  );
}
