import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Loading } from '../parts/loading.tsx';
import { moment } from '../parts/moment.ts';
import { Refusal } from '../parts/refusal.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useTexts } from '../texts/texts.ts';
import { type Outcome, outcomeOf, type ShareCalls, useShareCalls } from './calls.ts';
import { Consequences } from './consequences.tsx';
import { endingTexts } from './ending-texts.ts';
import { HolderList } from './holder-list.tsx';
import { useHolders } from './use-holders.ts';

type Cancelled = Awaited<ReturnType<ShareCalls['cancel']>>;

/** Ends the shares of those who were chosen, or of everybody; nobody chosen means everybody. */
export function CancelDialog({
  image,
  recipients,
  onClose,
}: {
  image: Image;
  recipients: readonly string[];
  onClose: (changed: boolean) => void;
}) {
  const texts = useTexts(endingTexts);
  const calls = useShareCalls();
  const [opened] = useState({ images: [image], recipients });
  const called = useHolders(opened.images, calls);
  const [isForAll, setIsForAll] = useState(recipients.length === 0);
  const [isRunning, setIsRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome<Cancelled>>();
  const shares = useMemo(() => called.data?.get(image.imageId)?.shares ?? [], [called.data, image.imageId]);
  const everybody = shares.map(({ recipient }): string => recipient);
  const losing = isForAll ? everybody : opened.recipients;
  const isDone = outcome?.answer !== undefined;

  const lastUseOf = (id: string) => {
    const lastUsedAt = shares.find(({ recipient }) => recipient === id)?.lastUsedAt;
    return lastUsedAt && texts.lastUsed(moment(lastUsedAt));
  };
  const run = async () => {
    setIsRunning(true);
    setOutcome(await outcomeOf(calls.cancel(image, isForAll ? 'all' : opened.recipients)));
    setIsRunning(false);
  };
  return (
    <Dialog
      header={texts.cancelTitle(image.name)}
      onClose={() => onClose(outcome !== undefined)}
      {...(!isDone && {
        action: { text: texts.cancelShares(losing.length), isRunning, isDisabled: losing.length === 0, run: () => void run() },
      })}
    >
      {isDone ? (
        <SpaceBetween size="m">
          <StatusIndicator type="success">{texts.cancelled(outcome.answer.cancelled.length)}</StatusIndicator>
          {outcome.answer.notShared.length > 0 && (
            <StatusIndicator type="info">{texts.notShared(outcome.answer.notShared.join(', '))}</StatusIndicator>
          )}
        </SpaceBetween>
      ) : (
        <SpaceBetween size="m">
          {outcome?.problem && <Refusal problem={outcome.problem} />}
          <Trouble called={called} />
          {called.data === undefined && called.isLoading && <Loading />}
          {opened.recipients.length > 0 && everybody.some((id) => !opened.recipients.includes(id)) && (
            <FormField stretch label={texts.whose}>
              <RadioGroup
                value={isForAll ? 'all' : 'chosen'}
                onChange={({ detail }) => setIsForAll(detail.value === 'all')}
                items={[
                  { value: 'chosen', label: texts.those(opened.recipients.length) },
                  { value: 'all', label: texts.everybody(everybody.length) },
                ]}
              />
            </FormField>
          )}
          {called.data !== undefined && losing.length === 0 ? (
            <StatusIndicator type="info">{texts.nobodyLeft}</StatusIndicator>
          ) : (
            <SpaceBetween size="m">
              <HolderList header={texts.whoLoses(losing.length)} ids={losing} noteOf={lastUseOf} />
              <Consequences />
            </SpaceBetween>
          )}
        </SpaceBetween>
      )}
    </Dialog>
  );
}
