import type { Image } from '../api/client.ts';
import { DeleteDialog } from '../sharing/delete-dialog.tsx';
import { ShareDialog } from '../sharing/share-dialog.tsx';
import { CopyImageDialog } from './copy-image-dialog.tsx';
import { DeprecateImageDialog } from './deprecate-image-dialog.tsx';
import { EditImageDialog } from './edit-image-dialog.tsx';
import { RegisterImageDialog } from './register-image-dialog.tsx';

/** A dialog that is open, with the images it is about. */
export interface OpenDialog {
  readonly what: ImageAction;
  readonly images: readonly Image[];
}

export type ImageAction = 'register' | 'share' | 'edit' | 'copy' | 'deprecate' | 'delete';

interface ImageDialogsProps {
  readonly open: OpenDialog | undefined;
  /** Told whether anything changed, and, by the dialog that deletes, whether the images are gone. */
  readonly onClose: (changed: boolean, areGone?: boolean) => void;
}

/** The dialog that is open, if any. */
export function ImageDialogs({ open, onClose }: ImageDialogsProps) {
  if (open === undefined) {
    return null;
  }
  const { what, images } = open;
  const [image] = images;
  if (what === 'register') {
    return <RegisterImageDialog onClose={onClose} />;
  }
  if (image === undefined) {
    return null;
  }
  switch (what) {
    case 'share':
      return <ShareDialog images={images} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog images={images} onClose={onClose} />;
    case 'edit':
      return <EditImageDialog image={image} onClose={onClose} />;
    case 'copy':
      return <CopyImageDialog image={image} onClose={onClose} />;
    case 'deprecate':
      return <DeprecateImageDialog image={image} onClose={onClose} />;
  }
}
