import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component } from 'react';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

/**
 * Keeps the frame usable if a page fails to render. Also catches chunks that are missing because a new version was deployed
 * while the tab was open.
 */
export class PageBoundary extends Component<{ children: React.ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <PageError /> : this.props.children;
  }
}

function PageError() {
  const texts = useTexts(commonTexts);
  return (
    <Alert type="error" header={texts.pageErrorTitle} action={<Button onClick={() => location.reload()}>{texts.reload}</Button>}>
      {texts.pageErrorText}
    </Alert>
  );
}
