import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { useRevealError } from '../components/use-reveal-error.ts';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ExpirationField } from './expiration-field.tsx';
import { Outcomes } from './outcomes.tsx';
import { idsPerCallMax } from './recipient-ids.ts';
import { RecipientsField } from './recipients-field.tsx';
import { remainingAfter } from './remaining.ts';
import { rescheduledText } from './rescheduled.ts';
import { RiskField } from './risk-field.tsx';
import { SharingLimits } from './sharing-limits.tsx';
import { sharingTexts } from './texts.ts';
import { useSharing } from './use-sharing.ts';

/** A longer list isn't discarded without asking. */
const discardedMax = 10;

/** Scrolls to what appears above the visible part of the dialog. */
const reveal = (alert: HTMLElement | null) => alert?.scrollIntoView({ block: 'nearest' });

export function ShareDialog({ images: chosen, onClose }: { images: readonly Image[]; onClose: () => void }) {
  const texts = useRegionTexts(sharingTexts);
  const { space } = useTexts(commonTexts);
  const { notify } = useNotices();
  const sharing = useSharing(chosen, (results) => {
    const [result] = results.values();
    if (first !== undefined && result !== undefined) {
      const { sharedWith, alreadyShared, shares } = result;
      const isNew = [...results.values()].some((one) => one.alreadyShared < one.sharedWith);
      const rescheduled = [...results.values()].reduce((sum, one) => sum + one.shares.rescheduled.length, 0);
      const moved =
        images.length === 1 ? rescheduledText(first.name, shares, texts) : rescheduled > 0 && texts.rescheduledMany(rescheduled);
      const text =
        images.length === 1
          ? [
              (isNew || !moved) && texts.sharedOne(first.name, sharedWith, alreadyShared),
              moved,
              texts.total(shares.used, shares.cap),
            ]
          : [texts.sharedMany(images.length, sharedWith), moved];
      notify({ type: isNew || moved ? 'success' : 'info', text: text.filter(Boolean).join(space) });
    }
    onClose();
  });
  const [isClosing, setIsClosing] = useState(false);
  const isDiscarding = isClosing && sharing.recipients.entered.ids.length > discardedMax;
  const form = useRef<HTMLDivElement>(null);
  const revealError = useRevealError(form, null);
  const { images, left, region, current, recipients, blocker, outcomes } = sharing;
  const [first] = images;
  const { ids } = recipients.entered;
  const excesses = left.flatMap(({ imageId }) => {
    const shares = sharing.currentShares.get(imageId);
    return shares === undefined ? [] : [remainingAfter(shares, ids).over];
  });
  // If the user removed fewer, the next error would be shown.
  const excess = Math.max(ids.length - idsPerCallMax, excesses.length === 0 ? 0 : Math.min(...excesses));
  const errorText = {
    empty: texts.noRecipients,
    invalid: texts.invalidIds,
    tooMany: texts.tooMany(excess, idsPerCallMax),
    overLimit: texts.overAllLimits,
  };
  return (
    <Dialog
      size="large"
      header={images.length === 1 && first !== undefined ? texts.shareOne(first.name) : texts.shareMany(images.length)}
      onClose={() => (isDiscarding || ids.length <= discardedMax ? onClose() : setIsClosing(true))}
      action={{
        text: outcomes.size > 0 ? texts.retry : texts.share(images.length),
        isRunning: sharing.isSending,
        run: () => {
          sharing.submit();
          revealError();
        },
      }}
    >
      {isDiscarding && (
        <div ref={reveal} role="alert">
          <Alert type="warning" action={<Button onClick={onClose}>{texts.discardButton}</Button>}>
            {texts.discard(ids.length)}
          </Alert>
        </div>
      )}
      <Outcomes
        header={texts.results}
        images={images}
        outcomes={outcomes}
        textOf={({ sharedWith }) => texts.shared(sharedWith)}
        failedText={texts.failedFor}
      />
      <div ref={form}>
        <SpaceBetween size="m">
          <LoadError query={current} />
          <RecipientsField
            {...recipients}
            images={images.length}
            onEnter={sharing.onEnter}
            onType={sharing.onType}
            recent={sharing.recent.recent}
            onClearRecent={sharing.recent.clear}
            errorText={blocker && errorText[blocker]}
          />
          <ExpirationField {...sharing.expirationField} />
          <RiskField {...sharing.riskField} isRequired={region.riskAcknowledgement === 'required'} />
          {/* Last, because it gets longer when the service responds. The results above have the problems of images that failed. */}
          <SharingLimits
            images={left.filter(({ imageId }) => !outcomes.has(imageId) || !sharing.problems.has(imageId))}
            shares={sharing.currentShares}
            isLoading={current.isLoading}
            ids={ids.filter((id) => !recipients.issues.get(id)?.isError)}
            problems={sharing.problems}
          />
        </SpaceBetween>
      </div>
    </Dialog>
  );
}
