import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import { RecipientList } from './recipient-list.tsx';
import { removalTexts } from './removal-texts.ts';
import type { Candidate } from './use-deletion.ts';

interface CandidateRowProps {
  readonly candidate: Candidate;
  readonly onStopSharingFirst: () => void;
  readonly onReload: () => void;
  readonly onRetry: () => void;
}

export function CandidateRow({ candidate, onStopSharingFirst, onReload, onRetry }: CandidateRowProps) {
  const common = useTexts(commonTexts);
  const texts = useRegionTexts(removalTexts);
  const { image, recipients, problem, isDeletable, isBusy } = candidate;
  const code = problem?.document?.code;
  return (
    <SpaceBetween size="xxs">
      <Box>
        {image.name} <Box variant="small">{image.imageId}</Box>
      </Box>
      <LiveRegion>
        {isBusy && <StatusIndicator type="loading">{texts.checking}</StatusIndicator>}
        {!isBusy && isDeletable && recipients.length === 0 && (
          <StatusIndicator type="success">{texts.canBeDeleted}</StatusIndicator>
        )}
        {!isBusy && isDeletable && recipients.length > 0 && (
          <StatusIndicator type="warning">{texts.withdraws(recipients.length)}</StatusIndicator>
        )}
        {!isBusy && code === 'ImageNotFound' && <StatusIndicator type="info">{texts.alreadyDeleted}</StatusIndicator>}
      </LiveRegion>
      {!isBusy && problem !== undefined && code !== 'ImageShared' && code !== 'ImageNotFound' && (
        <ProblemAlert
          problem={problem}
          action={
            code === 'PreconditionFailed' ? (
              <Button onClick={onReload}>{texts.reload}</Button>
            ) : (
              <Button onClick={onRetry}>{texts.retry}</Button>
            )
          }
        />
      )}
      {!isBusy && code === 'ImageShared' && <StatusIndicator type="error">{texts.stillShared}</StatusIndicator>}
      <RecipientList header={texts.sharedWith(recipients.length)} ids={recipients} />
      {!isBusy && code === 'ImageShared' && <LiveRegion hidden>{texts.sharedWith(recipients.length)}</LiveRegion>}
      {code === 'ImageShared' && (
        <Button
          loading={isBusy}
          ariaLabel={common.labeled(texts.stopSharingFirst(recipients.length), image.name)}
          onClick={onStopSharingFirst}
        >
          {texts.stopSharingFirst(recipients.length)}
        </Button>
      )}
    </SpaceBetween>
  );
}
