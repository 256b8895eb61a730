import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';

/** A text with a button that copies it. `name` is what the button is called by, where the text itself should not be read out. */
export function Copyable({ text, name = text }: { text: string; name?: string }) {
  const texts = useTexts(commonTexts);
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={texts.copyOf(name)}
      copySuccessText={texts.copied}
      copyErrorText={texts.copyFailed}
    />
  );
}
