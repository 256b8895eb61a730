import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { LoadError } from '../components/load-error.tsx';
import { useRevealError } from '../components/use-reveal-error.ts';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { ExpirationField } from './expiration-field.tsx';
import { Outcomes } from './outcomes.tsx';
import { idsPerCallMax } from './recipient-ids.ts';
import { RecipientsField } from './recipients-field.tsx';
import { remainingAfter } from './remaining.ts';
import { RiskField } from './risk-field.tsx';
import { SharingLimits } from './sharing-limits.tsx';
import { sharingTexts } from './texts.ts';
import { useSharing } from './use-sharing.ts';

export function ShareDialog({ images: chosen, onClose }: { images: readonly Image[]; onClose: () => void }) {
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(sharingTexts);
  const sharing = useSharing(chosen);
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
      onClose={onClose}
      {...(left.length > 0 && {
        action: {
          text: outcomes.size > 0 ? texts.retry : texts.share(images.length),
          isRunning: sharing.isSending,
          run: () => {
            sharing.submit();
            revealError();
          },
        },
      })}
    >
      <Outcomes
        header={texts.results}
        images={images}
        outcomes={outcomes}
        textOf={({ with: n, alreadyShared, shares: { remaining, cap } }) =>
          `${texts.shared(n, alreadyShared)}${common.space}${texts.remaining(remaining, cap)}`
        }
        failedText={texts.failedFor}
      />
      {left.length > 0 && (
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
            <SharingLimits
              images={left}
              shares={sharing.currentShares}
              ids={ids.filter((id) => !recipients.issues.get(id)?.isError)}
              problems={new Map([...sharing.problems].filter(([imageId]) => !outcomes.has(imageId)))}
            />
            <ExpirationField {...sharing.expirationField} />
            <RiskField {...sharing.riskField} isRequired={region.riskAcknowledgement === 'required'} />
          </SpaceBetween>
        </div>
      )}
    </Dialog>
  );
}
