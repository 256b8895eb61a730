import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { imagesTexts } from './texts.ts';

/** An id with a button that copies it. */
export function Copyable({ id }: { id: string }) {
  const { copied } = useTexts(commonTexts);
  const texts = useTexts(imagesTexts);
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={id}
      copyButtonAriaLabel={texts.copyId(id)}
      copySuccessText={copied}
      copyErrorText={texts.copyFailed}
    />
  );
}
