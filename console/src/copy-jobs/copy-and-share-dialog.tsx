import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Image } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { NameField } from '../components/name-field.tsx';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRevealError } from '../components/use-reveal-error.ts';
import { keepNotices, useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { useHrefTo, useWorkspace } from '../frame/workspace.tsx';
import { ExpirationField } from '../sharing/expiration-field.tsx';
import { idsPerCallMax } from '../sharing/recipient-ids.ts';
import { RecipientsField } from '../sharing/recipients-field.tsx';
import { RiskField } from '../sharing/risk-field.tsx';
import { sharingTexts } from '../sharing/texts.ts';
import { ProjectField } from './project-field.tsx';
import { RegionsField } from './regions-field.tsx';
import { copyJobTexts } from './texts.ts';
import { useCopyAndShare } from './use-copy-and-share.ts';

/** Copies an image to regions and shares the copies. Then shows the page of the job. */
export function CopyAndShareDialog({ image, onClose }: { image: Image; onClose: () => void }) {
  const texts = useRegionTexts(copyJobTexts);
  const sharing = useRegionTexts(sharingTexts);
  const { region } = useWorkspace();
  const { notify } = useNotices();
  const navigate = useNavigate();
  const hrefTo = useHrefTo();
  const form = useRef<HTMLDivElement>(null);
  const { change, submit, name, regions, project, recipients, blocker, forecast, expirationField, riskField } = useCopyAndShare(
    image,
    (job) => {
      onClose();
      notify({ type: 'success', text: texts.started(image.name, job.copies.length) });
      void navigate(hrefTo(`/copy-jobs/${job.region}/${job.jobId}`), { state: keepNotices });
    },
  );
  const revealError = useRevealError(form, change.error);
  const errorText = {
    empty: sharing.noRecipients,
    invalid: sharing.invalidIds,
    tooMany: sharing.tooMany(recipients.entered.ids.length - idsPerCallMax, idsPerCallMax),
  };
  const problem = change.error ?? forecast;
  return (
    <Dialog
      size="large"
      header={texts.start(image.name)}
      onClose={onClose}
      action={{
        text: texts.submit,
        isRunning: change.isPending,
        run: () => {
          submit();
          revealError();
        },
      }}
    >
      <div ref={form}>
        <SpaceBetween size="m">
          <Box>{texts.startText(region.pendingMayBeShared)}</Box>
          <RegionsField {...regions} />
          {region.principalKind === 'project' && <ProjectField {...project} />}
          <NameField {...name} />
          <RecipientsField {...recipients} isFirst={false} images={1} errorText={blocker && errorText[blocker]} />
          <ExpirationField {...expirationField} />
          <RiskField {...riskField} isRequired={region.riskAcknowledgement === 'required'} />
          {problem && (
            <div data-problem>
              <ProblemAlert problem={problem} />
            </div>
          )}
        </SpaceBetween>
      </div>
    </Dialog>
  );
}
