import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import type { Image } from '../api/client.ts';
import { Dialog } from '../components/dialog.tsx';
import { useNotices } from '../frame/notices.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { CandidateRow } from './candidate-row.tsx';
import { Consequences } from './consequences.tsx';
import { CutOffConfirmation } from './cut-off-confirmation.tsx';
import { Outcomes } from './outcomes.tsx';
import { removalTexts } from './removal-texts.ts';
import { useDeletion } from './use-deletion.ts';

interface DeleteDialogProps {
  readonly images: readonly Image[];
  readonly onClose: () => void;
  /** Called instead of `onClose` if all of the images were deleted. */
  readonly onDeleted: () => void;
}

export function DeleteDialog({ images, onClose, onDeleted }: DeleteDialogProps) {
  const { notify } = useNotices();
  const texts = useRegionTexts(removalTexts);
  // The recipients that the user agreed to cut off.
  const [confirmed, setConfirmed] = useState('');
  const { candidates, left, deletable, outcomes, isRunning, check, stopSharingFirst, reload, run } = useDeletion(images, () => {
    const text =
      candidates.length === 1 && first
        ? texts.deletedOne(first.image.name, first.image.imageId)
        : texts.deletedMany(candidates.length);
    notify({ type: 'success', text });
    onDeleted();
  });
  const [first] = candidates;
  const cutOff = left.filter(({ isDeletable }) => isDeletable).flatMap(({ recipients }) => recipients);
  const cutOffText = cutOff.join(' ');
  const isConfirmed = cutOffText === '' || confirmed === cutOffText;
  const areShared = left.some(({ problem }) => problem?.document?.code === 'ImageShared');
  return (
    <Dialog
      header={candidates.length === 1 && first ? texts.deleteOne(first.image.name) : texts.deleteMany(candidates.length)}
      onClose={onClose}
      action={{
        text: texts.deleteButton(deletable.length, left.length),
        isRunning,
        isDisabled: deletable.length === 0 || !isConfirmed,
        ...(areShared ? { disabledReason: texts.stillShared } : !isConfirmed && { disabledReason: texts.confirmFirst }),
        run,
      }}
    >
      <Outcomes
        header={texts.results}
        images={candidates.map(({ image }) => image)}
        outcomes={outcomes}
        textOf={() => texts.deleted}
        failedText={texts.failedToDelete}
      />
      <Box>{texts.deleteText}</Box>
      {areShared && <Consequences dialog="delete" />}
      {left.map((candidate) => (
        <CandidateRow
          key={candidate.image.imageId}
          candidate={candidate}
          onStopSharingFirst={() => stopSharingFirst(candidate)}
          onReload={() => void reload(candidate)}
          onRetry={() => void check(candidate.image)}
        />
      ))}
      {cutOffText !== '' && (
        <CutOffConfirmation
          key={cutOffText}
          count={new Set(cutOff).size}
          onChange={(agrees) => setConfirmed(agrees ? cutOffText : '')}
        />
      )}
    </Dialog>
  );
}
