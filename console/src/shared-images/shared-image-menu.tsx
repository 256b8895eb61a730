import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { useNotices } from '../frame/notices.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SharedImageActions, type SharedImageDialog } from './shared-image-actions.tsx';
import { sharedImagesTexts } from './texts.ts';
import { TrustedOwnersDialog } from './trusted-owners-dialog.tsx';
import type { useTrustedOwners } from './use-trusted-owners.ts';

type Opened = { readonly dialog: SharedImageDialog; readonly image: Image } | { readonly dialog: 'trusted-owners' };

interface SharedImageMenuProps {
  /** The selected image. Without one, only actions that need no image are enabled. */
  readonly image: Image | undefined;
  readonly trusted: ReturnType<typeof useTrustedOwners>;
  readonly onRefresh: () => void;
  /** Called after the caller left the shared image. */
  readonly onLeft: () => void;
}

export function SharedImageMenu({ image, trusted: { called, owners, trust }, onRefresh, onLeft }: SharedImageMenuProps) {
  const texts = useTexts(sharedImagesTexts);
  const common = useTexts(commonTexts);
  const { detailOf } = useServiceTexts();
  const { notify } = useNotices();
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const refresh = () => {
    onRefresh();
    void called.refresh();
  };
  const trustOwner = async (owner: string, isTrusted: boolean) => {
    try {
      await trust(owner, isTrusted);
      notify({ type: 'success', text: isTrusted ? texts.ownerTrusted(owner) : texts.ownerUntrusted(owner) });
      onRefresh();
    } catch (failure) {
      const { document } = problemOf(failure);
      notify({ type: 'error', text: document === undefined ? common.unreachable : detailOf(document) });
    }
  };
  return (
    <>
      <SharedImageActions
        image={image}
        isTrusted={called.data && image && owners.has(image.owner)}
        onOpen={(dialog) => image && setOpened({ dialog, image })}
        onTrust={(isTrusted) => image && void trustOwner(image.owner, isTrusted)}
        onTrustedOwners={() => setOpened({ dialog: 'trusted-owners' })}
        onRefresh={refresh}
      />
      {opened?.dialog === 'launch' && <LaunchDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'save' && <SaveDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'leave' && (
        <LeaveDialog
          image={opened.image}
          onClose={(hasLeft) => {
            close();
            if (hasLeft) {
              onLeft();
            }
          }}
        />
      )}
      {opened?.dialog === 'trusted-owners' && (
        <TrustedOwnersDialog
          onClose={(isChanged) => {
            close();
            if (isChanged) {
              refresh();
            }
          }}
        />
      )}
    </>
  );
}
