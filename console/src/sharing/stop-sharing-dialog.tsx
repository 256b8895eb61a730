import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { formatTime } from '../components/format-time.ts';
import { LoadError } from '../components/load-error.tsx';
import { Loading } from '../components/loading.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { type Outcome, outcomeOf, type ShareCalls, useShareCalls } from './calls.ts';
import { Consequences } from './consequences.tsx';
import { RecipientList } from './recipient-list.tsx';
import { removalTexts } from './removal-texts.ts';
import { useCurrentShares } from './use-current-shares.ts';

type Cancelled = Awaited<ReturnType<ShareCalls['cancel']>>;

/** An empty `recipients` means all recipients. */
export function StopSharingDialog({
  image,
  recipients,
  onClose,
}: {
  image: Image;
  recipients: readonly string[];
  onClose: (changed: boolean) => void;
}) {
  const texts = useRegionTexts(removalTexts);
  const calls = useShareCalls();
  const [opened] = useState({ images: [image], recipients });
  const called = useCurrentShares(opened.images, calls);
  const [isForAll, setIsForAll] = useState(recipients.length === 0);
  const [isRunning, setIsRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Cancelled>>();
  const shares = useMemo(() => called.data?.get(image.imageId)?.shares ?? [], [called.data, image.imageId]);
  const allIds = shares.map(({ recipient }): string => recipient);
  const losingIds = isForAll ? allIds : opened.recipients;
  const isDone = outcome?.result !== undefined;

  const lastUseOf = (id: string) => {
    const lastUsedAt = shares.find(({ recipient }) => recipient === id)?.lastUsedAt;
    return lastUsedAt && texts.lastUsed(formatTime(lastUsedAt));
  };
  const run = async () => {
    setIsRunning(true);
    setOutcome(await outcomeOf(calls.cancel(image, isForAll ? 'all' : opened.recipients)));
    setIsRunning(false);
  };
  return (
    <Dialog
      header={texts.stopTitle(image.name)}
      onClose={() => onClose(outcome !== undefined)}
      {...(!isDone && {
        action: { text: texts.stopSharing, isRunning, isDisabled: losingIds.length === 0, run: () => void run() },
      })}
    >
      {isDone ? (
        <SpaceBetween size="m">
          <StatusIndicator type="success">{texts.stopped(outcome.result.cancelled.length)}</StatusIndicator>
          {outcome.result.notShared.length > 0 && (
            <StatusIndicator type="info">{texts.notShared(outcome.result.notShared.join(', '))}</StatusIndicator>
          )}
        </SpaceBetween>
      ) : (
        <SpaceBetween size="m">
          {outcome?.problem && <ProblemAlert problem={outcome.problem} />}
          <LoadError called={called} />
          {called.data === undefined && called.isLoading && <Loading />}
          {opened.recipients.length > 0 && allIds.some((id) => !opened.recipients.includes(id)) && (
            <FormField stretch label={texts.recipientsToRemove}>
              <RadioGroup
                value={isForAll ? 'all' : 'chosen'}
                onChange={({ detail }) => setIsForAll(detail.value === 'all')}
                items={[
                  { value: 'chosen', label: texts.selectedRecipients(opened.recipients.length) },
                  { value: 'all', label: texts.allRecipients(allIds.length) },
                ]}
              />
            </FormField>
          )}
          {called.data !== undefined && losingIds.length === 0 ? (
            <StatusIndicator type="info">{texts.notSharedNow}</StatusIndicator>
          ) : (
            <SpaceBetween size="m">
              <RecipientList header={texts.losingAccess(losingIds.length)} ids={losingIds} noteOf={lastUseOf} />
              <Consequences />
            </SpaceBetween>
          )}
        </SpaceBetween>
      )}
    </Dialog>
  );
}
