import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';

interface CopyableProps {
  readonly text: string;
  /** The button's label if screen readers must not read out the text, such as a secret. */
  readonly name?: string;
  /** Whether there is only the button, because the text is next to it. */
  readonly isButtonOnly?: boolean;
}

/** Text with a copy button. */
export function Copyable({ text, name = text, isButtonOnly = false }: CopyableProps) {
  const texts = useTexts(commonTexts);
  return (
    <CopyToClipboard
      variant={isButtonOnly ? 'icon' : 'inline'}
      textToCopy={text}
      copyButtonAriaLabel={texts.copyOf(name)}
      copySuccessText={texts.copied}
      copyErrorText={texts.copyFailed}
    />
  );
}
