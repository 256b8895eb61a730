import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { PlainTopBar } from '../frame/plain-top-bar.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

export function SignedOut() {
  const texts = useTexts(commonTexts);
  return (
    <>
      <PlainTopBar />
      <main>
        <Box padding="xxl">
          <Container
            header={
              <Header
                variant="h1"
                actions={
                  <Button variant="primary" href="/console/images">
                    {texts.signIn}
                  </Button>
                }
              >
                {texts.signedOutTitle}
              </Header>
            }
          >
            {texts.signedOutText}
          </Container>
        </Box>
      </main>
    </>
  );
}
