import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Refusal } from '../parts/refusal.tsx';
import { useTexts } from '../texts/texts.ts';
import { endingTexts } from './ending-texts.ts';
import { HolderList } from './holder-list.tsx';
import type { Candidate } from './use-deleting.ts';

interface Row {
  readonly candidate: Candidate;
  readonly onCancelFirst: () => void;
  readonly onReadAgain: () => void;
  readonly onAskAgain: () => void;
}

/** An image that is to be deleted: whether it can be, who holds it, and what can be done about it. */
export function CandidateRow({ candidate, onCancelFirst, onReadAgain, onAskAgain }: Row) {
  const texts = useTexts(endingTexts);
  const { image, holders, problem, isFree, isBusy } = candidate;
  const code = problem?.document?.code;
  return (
    <SpaceBetween size="xxs">
      <Box>
        {image.name} <Box variant="small">{image.imageId}</Box>
      </Box>
      {isBusy && <StatusIndicator type="loading">{texts.asking}</StatusIndicator>}
      {!isBusy && isFree && holders.length === 0 && <StatusIndicator type="success">{texts.canBeDeleted}</StatusIndicator>}
      {!isBusy && isFree && holders.length > 0 && (
        <StatusIndicator type="warning">{texts.withdraws(holders.length)}</StatusIndicator>
      )}
      {!isBusy && problem !== undefined && code !== 'ImageShared' && (
        <Refusal problem={problem}>
          {code === 'PreconditionFailed' ? (
            <Button onClick={onReadAgain}>{texts.readAgain}</Button>
          ) : (
            <Button onClick={onAskAgain}>{texts.askAgain}</Button>
          )}
        </Refusal>
      )}
      <HolderList header={texts.held(holders.length)} ids={holders} />
      {code === 'ImageShared' && (
        <Button loading={isBusy} ariaLabel={`${texts.cancelFirst(holders.length)}: ${image.name}`} onClick={onCancelFirst}>
          {texts.cancelFirst(holders.length)}
        </Button>
      )}
    </SpaceBetween>
  );
}
