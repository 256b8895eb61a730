import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import { type Image, unwrap } from '../api/client.ts';
import { keys, trustedOwnersQuery } from '../api/queries.ts';
import { useNotices } from '../frame/notices.tsx';
import { useWorkspace } from '../frame/workspace.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useServiceTexts } from '../texts/use-service-texts.ts';
import { useTexts } from '../texts/use-texts.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SharedImageActions, type SharedImageDialog } from './shared-image-actions.tsx';
import { sharedImagesTexts } from './texts.ts';
import { TrustedOwnersDialog } from './trusted-owners-dialog.tsx';

type Opened = { readonly dialog: SharedImageDialog; readonly image: Image } | { readonly dialog: 'trusted-owners' };

interface SharedImageMenuProps {
  /** The selected image. Without one, only actions that need no image are enabled. */
  readonly image: Image | undefined;
  readonly isImagePage?: boolean;
  /** Called after the caller left the shared image. */
  readonly onLeft?: () => void;
}

export function SharedImageMenu({ image, isImagePage = false, onLeft }: SharedImageMenuProps) {
  const texts = useTexts(sharedImagesTexts);
  const common = useTexts(commonTexts);
  const { detailOf } = useServiceTexts();
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const nameOf = useNameOf();
  const client = useQueryClient();
  const { data: owners } = useQuery(trustedOwnersQuery(api, query));
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const refresh = () => {
    void client.invalidateQueries({ queryKey: keys.images });
    void client.invalidateQueries({ queryKey: keys.trustedOwners });
  };
  const trust = useMutation({
    // Reloads the list first, because the API replaces the list as a whole.
    mutationFn: async ({ owner, isTrusted }: { owner: string; isTrusted: boolean }) => {
      const others = (await client.fetchQuery(trustedOwnersQuery(api, query))).filter((one) => one !== owner);
      const params = { query, header: { 'Idempotency-Key': crypto.randomUUID() } };
      const body = { owners: isTrusted ? [...others, owner] : others };
      return unwrap(api.PUT('/v1/account/trusted-owners', { params, body }));
    },
    meta: { changes: [keys.trustedOwners, keys.images] },
    onSuccess: (_, { owner, isTrusted }) =>
      notify({ type: 'success', text: isTrusted ? texts.ownerTrusted(nameOf(owner)) : texts.ownerUntrusted(nameOf(owner)) }),
    onError: ({ document }) => notify({ type: 'error', text: document === undefined ? common.unreachable : detailOf(document) }),
  });
  return (
    <>
      <SharedImageActions
        image={image}
        isTrusted={owners && image && owners.includes(image.owner)}
        onOpen={(dialog) => image && setOpened({ dialog, image })}
        onTrust={(isTrusted) => image && trust.mutate({ owner: image.owner, isTrusted })}
        onTrustedOwners={isImagePage ? undefined : () => setOpened({ dialog: 'trusted-owners' })}
        onRefresh={refresh}
      />
      {opened?.dialog === 'launch' && <LaunchDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'save' && <SaveDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'leave' && (
        <LeaveDialog
          image={opened.image}
          onClose={close}
          onLeft={() => {
            close();
            onLeft?.();
          }}
        />
      )}
      {opened?.dialog === 'trusted-owners' && <TrustedOwnersDialog onClose={close} />}
    </>
  );
}
