import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNameOf } from '../address-book/use-address-book.ts';
import type { Image } from '../api/client.ts';
import { sharesQuery } from '../api/image-queries.ts';
import { keys } from '../api/keys.ts';
import { useCalls } from '../api/use-change.ts';
import { Dialog } from '../components/dialog.tsx';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useWorkspace } from '../frame/workspace.tsx';
import { useSession } from '../session/session-provider.tsx';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { useShareCalls } from './calls.ts';
import { Consequences } from './consequences.tsx';
import { RecipientList } from './recipient-list.tsx';
import { removalTexts } from './removal-texts.ts';

/** An empty `recipients` means all recipients. */
export function StopSharingDialog({
  image,
  recipients: selected,
  onClose,
}: {
  image: Image;
  recipients: readonly string[];
  onClose: () => void;
}) {
  const texts = useRegionTexts(removalTexts);
  const { listSeparator } = useTexts(commonTexts);
  const nameOf = useNameOf();
  const calls = useShareCalls();
  const { api } = useSession();
  const { query } = useWorkspace();
  const { notify } = useNotices();
  const current = useQuery(sharesQuery(api, image, query));
  const [recipients] = useState(selected);
  const [isForAll, setIsForAll] = useState(recipients.length === 0);
  const stopping = useCalls({
    run: ({ once }) => calls.cancel(once, image, isForAll ? 'all' : recipients),
    changes: [keys.images],
    onSuccess: ({ cancelled, notShared }) => {
      const text = texts.stopped(image.name, cancelled.length, notShared.map(nameOf).join(listSeparator));
      notify({ type: cancelled.length > 0 ? 'success' : 'info', text });
      onClose();
    },
  });
  const { error } = stopping;
  const shares = current.data?.shares ?? [];
  const planned: readonly string[] = current.data?.plannedShares?.recipients ?? [];
  const allIds = [...shares.map(({ recipient }): string => recipient), ...planned];
  const losingIds = isForAll ? allIds : recipients;

  const lastUseOf = (id: string) => {
    const lastUsedAt = shares.find(({ recipient }) => recipient === id)?.lastUsedAt;
    return lastUsedAt && texts.lastUsed(formatTime(lastUsedAt));
  };
  return (
    <Dialog
      header={texts.stopTitle(image.name)}
      onClose={onClose}
      action={{
        text: texts.stopSharing,
        isRunning: stopping.isPending,
        isDisabled: losingIds.length === 0,
        run: () => stopping.mutate(),
      }}
    >
      {error && <ProblemAlert problem={error} />}
      <LoadError query={current} />
      {current.isLoading && <Loading />}
      {recipients.length > 0 && allIds.some((id) => !recipients.includes(id)) && (
        <FormField stretch label={texts.recipientsToRemove}>
          <RadioGroup
            value={isForAll ? 'all' : 'chosen'}
            onChange={({ detail }) => setIsForAll(detail.value === 'all')}
            items={[
              { value: 'chosen', label: texts.selectedRecipients(recipients.length) },
              { value: 'all', label: texts.allRecipients(allIds.length) },
            ]}
          />
        </FormField>
      )}
      {current.data !== undefined && losingIds.length === 0 ? (
        <StatusIndicator type="info">{texts.notSharedNow}</StatusIndicator>
      ) : (
        <SpaceBetween size="m">
          <RecipientList header={texts.losingAccess(losingIds.length)} ids={losingIds} noteOf={lastUseOf} />
          <Consequences dialog="stop" />
        </SpaceBetween>
      )}
    </Dialog>
  );
}
