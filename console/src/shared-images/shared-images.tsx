import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { useNotices } from '../frame/notices.tsx';
import { LaunchDialog } from '../instances/launch-dialog.tsx';
import { Listing } from '../parts/listing.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/texts.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { SharedImageActions, type SharedImageDialog } from './shared-image-actions.tsx';
import { sharedImageColumns } from './shared-image-columns.tsx';
import { sharedImagesTexts } from './texts.ts';
import { TrustedOwnersDialog } from './trusted-owners-dialog.tsx';
import { useSharedImages } from './use-shared-images.ts';
import { useTrustedOwners } from './use-trusted-owners.ts';

type Opened = { readonly dialog: SharedImageDialog; readonly image: Image } | { readonly dialog: 'trusted-owners' };

/** The images that others share with the holder, and what it can do with them. */
export default function SharedImages() {
  const texts = useTexts(sharedImagesTexts);
  const common = useTexts(commonTexts);
  const { tell } = useNotices();
  const [isTrustedOnly, setTrustedOnly] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  const pages = useSharedImages({ isTrustedOnly });
  const { called, owners, trust } = useTrustedOwners();
  const { data: trusted } = called;
  const columns = useMemo(() => sharedImageColumns(texts, new Set(trusted)), [texts, trusted]);

  const close = () => setOpened(undefined);
  const refresh = () => {
    void pages.refresh();
    void called.refresh();
  };
  const closeChanged = (isChanged: boolean) => {
    close();
    if (isChanged) {
      refresh();
    }
  };
  const trustOwner = async (owner: string, isTrusted: boolean) => {
    try {
      await trust(owner, isTrusted);
      tell({ type: 'success', text: isTrusted ? texts.nowTrusted(owner) : texts.nowNotTrusted(owner) });
      void pages.refresh();
    } catch (failure) {
      const detail = failure instanceof Problem ? failure.document?.detail : undefined;
      tell({ type: 'error', text: detail ?? common.unreachable });
    }
  };

  return (
    <>
      <Listing
        texts={{ ...texts, empty: isTrustedOnly ? texts.emptyOfTrusted : texts.empty }}
        pages={pages}
        columns={columns}
        idOf={({ imageId }) => imageId}
        wordsOf={({ imageId, name, description, owner, os }) => [imageId, name, description, owner, os]}
        sortedBy={columns[2] ?? {}}
        notice={
          <Alert type="warning" header={texts.noticeHeader}>
            {texts.notice}
          </Alert>
        }
        filter={
          <Box padding={{ vertical: 'xxs' }}>
            <Toggle checked={isTrustedOnly} onChange={({ detail }) => setTrustedOnly(detail.checked)}>
              {texts.trustedOnly}
            </Toggle>
          </Box>
        }
        actions={(image) => (
          <SharedImageActions
            image={image}
            isTrusted={trusted && image && owners.has(image.owner)}
            onOpen={(dialog) => image && setOpened({ dialog, image })}
            onTrust={(isTrusted) => image && void trustOwner(image.owner, isTrusted)}
            onTrustedOwners={() => setOpened({ dialog: 'trusted-owners' })}
            onRefresh={refresh}
          />
        )}
      />
      {opened?.dialog === 'launch' && <LaunchDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'save' && <SaveDialog image={opened.image} onClose={close} />}
      {opened?.dialog === 'leave' && <LeaveDialog image={opened.image} onClose={closeChanged} />}
      {opened?.dialog === 'trusted-owners' && <TrustedOwnersDialog onClose={closeChanged} />}
    </>
  );
}
