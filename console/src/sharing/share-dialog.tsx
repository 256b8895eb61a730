import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { useShowFault } from '../parts/use-show-fault.ts';
import { useTexts } from '../texts/texts.ts';
import { EndTimeField } from './end-time-field.tsx';
import { Outcomes } from './outcomes.tsx';
import { Places } from './places.tsx';
import { idsPerCallMax } from './recipient-ids.ts';
import { RecipientsField } from './recipients-field.tsx';
import { RiskField } from './risk-field.tsx';
import { sharingTexts } from './texts.ts';
import { useSharing } from './use-sharing.ts';

/** Shares one image or many with the same recipients, and says for each image what came of it. */
export function ShareDialog({ images: chosen, onClose }: { images: readonly Image[]; onClose: (changed: boolean) => void }) {
  const texts = useTexts(sharingTexts);
  const sharing = useSharing(chosen);
  const form = useRef<HTMLDivElement>(null);
  const showFault = useShowFault(form, undefined);
  const { images, left, region, called, recipients, hindrance, outcomes } = sharing;
  const [first] = images;
  const { ids } = recipients.entered;
  const errorText = {
    nobody: texts.nobodyEntered,
    wrong: texts.someWrong,
    many: texts.tooMany(ids.length, idsPerCallMax),
    room: texts.noRoom,
  };
  return (
    <Dialog
      size="large"
      header={images.length === 1 && first !== undefined ? texts.shareOne(first.name) : texts.shareMany(images.length)}
      onClose={() => onClose(outcomes.size > 0)}
      {...(left.length > 0 && {
        action: {
          text: outcomes.size > 0 ? texts.shareAgain : texts.share,
          isRunning: sharing.isSending,
          run: () => {
            void sharing.submit();
            showFault();
          },
        },
      })}
    >
      <Outcomes
        header={texts.results}
        images={images}
        outcomes={outcomes}
        textOf={({ with: n, held, shares: { remaining, cap } }) =>
          `${texts.shared(n, held)}. ${texts.sharedLeft(remaining, cap)}`
        }
        refusedText={texts.refusedFor}
      />
      {left.length > 0 && (
        <div ref={form}>
          <SpaceBetween size="m">
            <Trouble called={called} />
            <RecipientsField
              {...recipients}
              holderKind={region.holderKind}
              images={images.length}
              onEnter={sharing.enter}
              onType={sharing.type}
              recent={sharing.recent.recent}
              onForget={sharing.recent.forgetAll}
              errorText={hindrance && errorText[hindrance]}
            />
            <Places
              images={left}
              shares={sharing.holders}
              ids={ids.filter((id) => !recipients.remarks.get(id)?.isWrong)}
              problems={sharing.problems}
            />
            <EndTimeField {...sharing.ending} />
            <RiskField {...sharing.risk} isRequired={region.riskAcknowledgement === 'required'} />
          </SpaceBetween>
        </div>
      )}
    </Dialog>
  );
}
