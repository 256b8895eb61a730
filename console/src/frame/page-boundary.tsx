import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

/**
 * Keeps the frame usable if a page fails to render. Also catches chunks that are missing because a new version was deployed
 * while the tab was open.
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
