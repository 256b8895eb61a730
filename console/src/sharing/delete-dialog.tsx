import Box from '@cloudscape-design/components/box';
import type { Image } from '../api/client.ts';
import { Dialog } from '../parts/dialog.tsx';
import { useTexts } from '../texts/texts.ts';
import { CandidateRow } from './candidate-row.tsx';
import { Consequences } from './consequences.tsx';
import { endingTexts } from './ending-texts.ts';
import { Outcomes } from './outcomes.tsx';
import { useDeleting } from './use-deleting.ts';

interface Deletion {
  readonly images: readonly Image[];
  /** Told whether anything changed, and whether all of the images are gone. */
  readonly onClose: (changed: boolean, areGone: boolean) => void;
}

/** Deletes one image or many, after the service was asked of each whether it can be. */
export function DeleteDialog({ images, onClose }: Deletion) {
  const texts = useTexts(endingTexts);
  const { candidates, left, free, outcomes, isRunning, hasChanged, ask, cancelFirst, readAgain, run } = useDeleting(images);
  const [first] = candidates;
  const areShared = left.some(({ problem }) => problem?.document?.code === 'ImageShared');
  return (
    <Dialog
      header={candidates.length === 1 && first ? texts.deleteOne(first.image.name) : texts.deleteMany(candidates.length)}
      onClose={() => onClose(hasChanged, left.length === 0)}
      {...(left.length > 0 && {
        action: { text: texts.deleteMany(free.length), isRunning, isDisabled: free.length === 0, run: () => void run() },
      })}
    >
      <Outcomes
        header={texts.results}
        images={candidates.map(({ image }) => image)}
        outcomes={outcomes}
        textOf={() => texts.deleted}
        refusedText={texts.notDeleted}
      />
      {left.length > 0 && <Box>{texts.deleteText}</Box>}
      {left.map((candidate) => (
        <CandidateRow
          key={candidate.image.imageId}
          candidate={candidate}
          onCancelFirst={() => void cancelFirst(candidate)}
          onReadAgain={() => void readAgain(candidate)}
          onAskAgain={() => void ask(candidate.image)}
        />
      ))}
      {areShared && <Consequences />}
    </Dialog>
  );
}
