import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Image, Share } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { FormDialog } from '../components/form-dialog.tsx';
import { formatTime } from '../components/format-time.ts';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useShareCalls } from './calls.ts';
import { commonExpiration, expirationErrorOf, expiresAtOf } from './expiration.ts';
import { ExpirationField } from './expiration-field.tsx';
import { RecipientList } from './recipient-list.tsx';
import { rescheduledText } from './rescheduled.ts';
import { sharingTexts } from './texts.ts';

interface EditExpirationDialogProps {
  readonly image: Image;
  readonly shares: readonly Share[];
  readonly onClose: () => void;
}

/** Changes when the shares of the selected recipients expire, in one call. */
export function EditExpirationDialog({ image, shares: selected, onClose }: EditExpirationDialogProps) {
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(sharingTexts);
  const { api } = useSession();
  const { query } = useWorkspace();
  const calls = useShareCalls();
  const { notify } = useNotices();
  const [shares] = useState(selected);
  const [expiration, setExpiration] = useState(() => commonExpiration(shares));
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const current = useQuery(sharesQuery(api, image, query));
  const ids = shares.map(({ recipient }): string => recipient);
  const error = expirationErrorOf(expiration, new Date());

  const saving = useCalls({
    // The call would share the image again with recipients that lost access in the meantime, so it leaves them out.
    run: async ({ once, isPreview }) => {
      const { data } = isPreview ? current : await current.refetch({ throwOnError: true });
      const sharedIds = new Set((data?.shares ?? shares).map(({ recipient }): string => recipient));
      const recipients = ids.filter((id) => sharedIds.has(id));
      const sharing = { recipients, acknowledgeRisk: false, ...expiresAtOf(expiration) };
      return { recipients, result: recipients.length === 0 ? undefined : await calls.share(once, image, sharing) };
    },
    changes: [keys.images],
    onSuccess: ({ recipients, result }) => {
      const gone = ids.filter((id) => !recipients.includes(id));
      const changed = result && rescheduledText(image.name, result, texts);
      const text = [changed ?? texts.notRescheduled, gone.length > 0 && texts.notShared(gone.join(common.listSeparator))];
      notify({ type: changed === undefined ? 'info' : 'success', text: text.filter(Boolean).join(common.space) });
      onClose();
    },
  });

  const noteOf = (id: string) => {
    const expiresAt = shares.find(({ recipient }) => recipient === id)?.expiresAt;
    return common.labeled(texts.expiration, expiresAt === undefined ? texts.never : formatTime(expiresAt));
  };
  return (
    <FormDialog
      header={texts.editExpiration(image.name)}
      submitText={common.saveChanges}
      change={saving}
      onSubmit={() => {
        setWasSubmitted(true);
        if (error === undefined) {
          saving.mutate();
        }
      }}
      onClose={onClose}
    >
      <RecipientList header={texts.entered(ids.length)} ids={ids} noteOf={noteOf} />
      <ExpirationField isEdit expiration={expiration} onChange={setExpiration} problem={wasSubmitted ? error : undefined} />
    </FormDialog>
  );
}
