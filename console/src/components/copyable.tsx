import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useIsNarrow } from './use-is-narrow.ts';

interface CopyableProps {
  readonly text: string;
  /** The button's label if screen readers must not read out the text, such as a secret. */
  readonly name?: string;
  /** Whether there is only the button, because the text is next to it. */
  readonly isButtonOnly?: boolean;
}

/** An ID up to this length stays on one line. Columns of wide tables can be narrower than IDs of 24 characters. */
const idLengthMax = { wide: 16, narrow: 24 };

/** Text with a copy button. */
export function Copyable({ text, name = text, isButtonOnly = false }: CopyableProps) {
  const texts = useTexts(commonTexts);
  const isOneLine = text.length <= idLengthMax[useIsNarrow() ? 'narrow' : 'wide'];
  return (
    <span style={{ whiteSpace: isOneLine ? 'nowrap' : 'normal' }}>
      <CopyToClipboard
        variant={isButtonOnly ? 'icon' : 'inline'}
        textToCopy={text}
        copyButtonAriaLabel={texts.copyThing(name)}
        copySuccessText={texts.copied}
        copyErrorText={texts.copyFailed}
      />
    </span>
  );
}
