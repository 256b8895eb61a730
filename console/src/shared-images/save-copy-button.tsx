import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { SaveDialog } from './save-dialog.tsx';
import { sharedImagesTexts } from './texts.ts';

/** Opens the dialog that saves a copy. Nothing where recipients can't save images, or if the image has no data. */
export function SaveCopyButton({ image, variant = 'normal' }: { image: Image; variant?: ButtonProps.Variant }) {
  const texts = useTexts(sharedImagesTexts);
  const { region } = useWorkspace();
  const [isOpen, setIsOpen] = useState(false);
  const hasData = image.state === 'available' || image.state === 'deprecated';
  return region.recipientMaySave && hasData ? (
    <>
      <Button variant={variant} ariaLabel={texts.saveCopyOf(image.name)} onClick={() => setIsOpen(true)}>
        {texts.saveCopy}
      </Button>
      {isOpen && <SaveDialog image={image} onClose={() => setIsOpen(false)} />}
    </>
  ) : null;
}
