import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Shares } from './calls.ts';
import { remainingAfter } from './remaining.ts';
import { sharingTexts } from './texts.ts';

interface SharingLimitsProps {
  readonly images: readonly Image[];
  readonly shares: ReadonlyMap<string, Shares>;
  readonly isLoading: boolean;
  readonly ids: readonly string[];
  /** Dry-run failures that concern the image itself, by image ID. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** More images are shown only if something is wrong with them. */
const imagesShownMax = 5;
const troubledShownMax = 20;

/** Shows, for each image, how many recipients it has after sharing, or by how many the entered ones exceed the limit. */
export function SharingLimits({ images, shares, isLoading, ids, problems }: SharingLimitsProps) {
  const texts = useRegionTexts(sharingTexts);
  const { loading } = useTexts(commonTexts);
  const rows = images.map((image) => {
    const known = shares.get(image.imageId);
    return { image, known, problem: problems.get(image.imageId), after: known && remainingAfter(known, ids) };
  });
  const troubled = rows.filter(({ problem, after }) => problem !== undefined || (after?.over ?? 0) > 0);
  const shown = images.length <= imagesShownMax ? rows : troubled.slice(0, troubledShownMax);
  return rows.length === 0 ? null : (
    <SpaceBetween size="xs">
      <Box variant="awsui-key-label">{texts.images(images.length)}</Box>
      {shown.map(({ image, known, problem, after }) => (
        <div key={image.imageId}>
          <Box>
            {image.name} <Box variant="small">{image.imageId}</Box>
          </Box>
          {isLoading && !problem && <StatusIndicator type="loading">{loading}</StatusIndicator>}
          {known && after && (after.over > 0 || !problem) && (
            <StatusIndicator type={after.over > 0 ? 'error' : ids.length === 0 ? 'info' : 'success'}>
              {after.over > 0
                ? texts.overLimit(after.over, known.used, known.cap)
                : ids.length === 0
                  ? texts.now(known.used, known.cap)
                  : texts.afterSharing(after.left, known.cap)}
            </StatusIndicator>
          )}
          {problem && !after?.over && <ProblemAlert problem={problem} />}
        </div>
      ))}
      {troubled.length > shown.length && <Box color="text-body-secondary">{texts.more(troubled.length - shown.length)}</Box>}
      {shown !== rows && rows.length > troubled.length && (
        <Box color="text-body-secondary">{texts.otherImages(rows.length - troubled.length)}</Box>
      )}
    </SpaceBetween>
  );
}
