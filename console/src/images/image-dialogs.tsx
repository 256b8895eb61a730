import type { Image } from '../api/client.ts';
import { CopyAndShareDialog } from '../copy-jobs/copy-and-share-dialog.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { DeleteDialog } from '../sharing/delete-dialog.tsx';
import { ShareDialog } from '../sharing/share-dialog.tsx';
import { StopSharingDialog } from '../sharing/stop-sharing-dialog.tsx';
import { CopyImageDialog } from './copy-image-dialog.tsx';
import { DeprecateImageDialog } from './deprecate-image-dialog.tsx';
import { EditImageDialog } from './edit-image-dialog.tsx';
import { RegisterImageDialog } from './register-image-dialog.tsx';

export interface OpenDialog {
  readonly what: ImageAction;
  readonly images: readonly Image[];
}

export type ImageAction = 'register' | 'launch' | 'share' | 'stop' | 'edit' | 'copy' | 'copyAndShare' | 'deprecate' | 'delete';

interface ImageDialogsProps {
  readonly open: OpenDialog;
  readonly onClose: () => void;
  /** Called instead of `onClose` if all of the images were deleted. */
  readonly onDeleted?: () => void;
}

/** Lazy-loaded as one chunk when the first dialog opens. */
export default function ImageDialogs({ open: { what, images }, onClose, onDeleted = onClose }: ImageDialogsProps) {
  const [image] = images;
  if (what === 'register') {
    return <RegisterImageDialog onClose={onClose} />;
  }
  if (image === undefined) {
    return null;
  }
  switch (what) {
    case 'launch':
      return <LaunchDialog image={image} onClose={onClose} />;
    case 'share':
      return <ShareDialog images={images} onClose={onClose} />;
    case 'stop':
      return <StopSharingDialog image={image} recipients={[]} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog images={images} onClose={onClose} onDeleted={onDeleted} />;
    case 'edit':
      return <EditImageDialog image={image} onClose={onClose} />;
    case 'copy':
      return <CopyImageDialog image={image} onClose={onClose} />;
    case 'copyAndShare':
      return <CopyAndShareDialog image={image} onClose={onClose} />;
    case 'deprecate':
      return <DeprecateImageDialog image={image} onClose={onClose} />;
  }
}
