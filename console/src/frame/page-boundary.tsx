import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/**
 * Keeps a page that breaks from taking the frame with it. A tab that was open while another version was deployed meets
 * this too: the files of the pages that it has not loaded yet are gone.
 */
export class PageBoundary extends Component<{ children: React.ReactNode }, { hasBroken: boolean }> {
  override state = { hasBroken: false };

  static getDerivedStateFromError() {
    return { hasBroken: true };
  }

  override render() {
    return this.state.hasBroken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const texts = useTexts(commonTexts);
  return (
    <Alert type="error" header={texts.brokenTitle} action={<Button onClick={() => location.reload()}>{texts.reload}</Button>}>
      {texts.brokenText}
    </Alert>
  );
}
