import Alert from '@cloudscape-design/components/alert';
import type { Image } from '../api/client.ts';
import { formatTime } from '../components/format-time.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { expiresSoon } from '../sharing/expiring.ts';
import { useTexts } from '../texts/use-texts.ts';
import { SaveCopyButton } from './save-copy-button.tsx';
import { sharedImagesTexts } from './texts.ts';

/** Warns that the caller soon loses access to the image. */
export function ExpirationAlert({ image }: { image: Image }) {
  const texts = useTexts(sharedImagesTexts);
  const { region } = useWorkspace();
  const { expiresAt } = image;
  return expiresAt !== undefined && expiresSoon(image, new Date()) ? (
    <Alert type="warning" header={texts.accessExpires(formatTime(expiresAt))} action={<SaveCopyButton image={image} />}>
      {texts.expiringText(region.recipientMaySave)}
    </Alert>
  ) : null;
}
