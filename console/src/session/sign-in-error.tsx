import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { PlainTopBar } from '../frame/plain-top-bar.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function SignInError({ retry = '/console/images' }: { retry?: string }) {
  const texts = useTexts(commonTexts);
  return (
    <>
      <PlainTopBar />
      <main>
        <Box padding="xxl">
          <Alert type="error" header={texts.signInFailed} action={<Button href={retry}>{texts.retry}</Button>}>
            {texts.signInFailedText}
          </Alert>
        </Box>
      </main>
    </>
  );
}
