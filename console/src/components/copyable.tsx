import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

/** An ID up to this length stays on one line. */
const idLengthMax = 24;

/** Text with a copy button. Pass `name` as the button's label if screen readers must not read out the text, such as a secret. */
export function Copyable({ text, name = text }: { text: string; name?: string }) {
  const texts = useTexts(commonTexts);
  return (
    <span style={{ whiteSpace: text.length <= idLengthMax ? 'nowrap' : 'normal' }}>
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        copyButtonAriaLabel={texts.copyOf(name)}
        copySuccessText={texts.copied}
        copyErrorText={texts.copyFailed}
      />
    </span>
  );
}
