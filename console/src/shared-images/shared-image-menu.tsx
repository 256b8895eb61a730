import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { problemOf } from '../api/problem.ts';
import { useNotices } from '../frame/notices.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SharedImageActions, type SharedImageDialog } from './shared-image-actions.tsx';
import { sharedImagesTexts } from './texts.ts';
import { TrustedOwnersDialog } from './trusted-owners-dialog.tsx';
import type { useTrustedOwners } from './use-trusted-owners.ts';

type Opened = { readonly dialog: SharedImageDialog; readonly image: Image } | { readonly dialog: 'trusted-owners' };

interface Menu {
  /** The image that the actions are for; without one, only those are there that need none. */
  readonly image: Image | undefined;
  readonly trusted: ReturnType<typeof useTrustedOwners>;
  /** Told when something has to be read again. */
  readonly onRefresh: () => void;
  /** Told when the share was given up. */
  readonly onLeft: () => void;
}

/** What can be done with an image that others share, and the dialogs that do it. */
export function SharedImageMenu({ image, trusted: { called, owners, trust }, onRefresh, onLeft }: Menu) {
  const texts = useTexts(sharedImagesTexts);
  const common = useTexts(commonTexts);
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
      notify({ type: 'error', text: problemOf(failure).document?.detail ?? common.unreachable });
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
