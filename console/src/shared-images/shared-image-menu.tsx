import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { BlockDialog } from '../owners/block-dialog.tsx';
import { LeaveOwnerDialog } from '../owners/leave-owner-dialog.tsx';
import { TrustedOwnersDialog } from '../owners/trusted-owners-dialog.tsx';
import { useOwnerChanges, useOwners } from '../owners/use-owners.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SharedImageActions, type SharedImageDialog } from './shared-image-actions.tsx';

type Opened = { readonly dialog: SharedImageDialog; readonly image: Image } | { readonly dialog: 'trusted-owners' };

interface SharedImageMenuProps {
  /** The selected image. Without one, only actions that need no image are enabled. */
  readonly image: Image | undefined;
  readonly isImagePage?: boolean;
  /** Called after the caller left the shared image. */
  readonly onLeft?: () => void;
}

export function SharedImageMenu({ image, isImagePage = false, onLeft }: SharedImageMenuProps) {
  const { query } = useWorkspace();
  const client = useQueryClient();
  const { isTrusted, isBlocked } = useOwners();
  const { trust, block } = useOwnerChanges();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const closeLeft = () => {
    close();
    onLeft?.();
  };
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.images });
    void client.invalidateQueries({ queryKey: keys.trustedOwners });
    void client.invalidateQueries({ queryKey: keys.acceptance });
  };
  return (
    <>
      <SharedImageActions
        image={image}
        isTrusted={image && isTrusted(image.owner)}
        isBlocked={image && isBlocked(image.owner)}
        onOpen={(dialog) => image && setOpened({ dialog, image })}
        onTrust={(trusted) => image && trust.mutate({ owner: image.owner, isTrusted: trusted })}
        onUnblock={() => image && block.mutate({ owner: image.owner, isBlocked: false })}
        onTrustedOwners={isImagePage ? undefined : () => setOpened({ dialog: 'trusted-owners' })}
        onRefresh={refresh}
      />
      {opened?.dialog === 'launch' && <LaunchDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'save' && <SaveDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'leave' && <LeaveDialog image={opened.image} onClose={close} onLeft={closeLeft} />}
      {opened?.dialog === 'leave-owner' && <LeaveOwnerDialog owner={opened.image.owner} onClose={close} onLeft={closeLeft} />}
      {opened?.dialog === 'block' && <BlockDialog owner={opened.image.owner} onClose={close} />}
      {opened?.dialog === 'trusted-owners' && <TrustedOwnersDialog tenant={query} onClose={close} />}
    </>
  );
}
