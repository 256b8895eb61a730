import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/** Says in place of the page why nobody could be signed in, and offers to try again. */
export function SignInError({ error, retry = '/console/images' }: { error: string; retry?: string }) {
  const texts = useTexts(commonTexts);
  return (
    <main>
      <Box padding="xxl">
        <Alert type="error" header={texts.signInFailed} action={<Button href={retry}>{texts.retry}</Button>}>
          {error}
        </Alert>
      </Box>
    </main>
  );
}
