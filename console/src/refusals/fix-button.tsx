import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useNavigate } from 'react-router';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useHrefTo, useWorkspace } from '../frame/workspace.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useOpenFix } from './fix-context.ts';
import { fixOf, type ImageRef, type Rule } from './fixes.ts';
import { refusalTexts } from './texts.ts';

interface FixButtonProps {
  readonly rule: Rule;
  /** The image that the refused request was about. */
  readonly image: ImageRef | undefined;
  readonly isOwnersQuestion?: boolean;
}

const pathOf = ({ region, imageId }: ImageRef): string => `/images/${encodeURIComponent(region)}/${encodeURIComponent(imageId)}`;

/** A button that resolves a refusal, if the console can do that. */
export function FixButton({ rule, image, isOwnersQuestion = false }: FixButtonProps) {
  const texts = useRegionTexts(refusalTexts);
  const common = useTexts(commonTexts);
  const { principal } = useWorkspace();
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
  const openFix = useOpenFix();
  const fix = fixOf(rule, isOwnersQuestion);
  if (fix === undefined) {
    return null;
  }
  if ('page' in fix && (fix.page === 'images' || image !== undefined)) {
    const path = fix.page === 'images' || image === undefined ? '/images' : pathOf(image);
    return (
      <Button formAction="none" onClick={() => void navigate(hrefTo(path))}>
        {texts.buttons[fix.page]}
      </Button>
    );
  }
  if (image === undefined) {
    return null;
  }
  if ('dialog' in fix) {
    return (
      <Button formAction="none" onClick={() => openFix({ dialog: fix.dialog, image })}>
        {texts.buttons[fix.dialog]}
      </Button>
    );
  }
  if ('ask' in fix && principal !== undefined) {
    const request = texts.requests[fix.ask](image.imageId, image.region, principal);
    return (
      <CopyToClipboard
        copyButtonText={texts.askOwner}
        copyButtonAriaLabel={texts.askOwner}
        copySuccessText={common.copied}
        copyErrorText={common.copyFailed}
        textToCopy={`${request}\n${location.origin}/console${pathOf(image)}`}
      />
    );
  }
  return null;
}
