import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import { commonTexts } from '../texts/common.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Shares } from './calls.ts';
import { remainingAfter, rowsToShow } from './remaining.ts';
import { sharingTexts } from './texts.ts';

interface SharingLimitsProps {
  readonly images: readonly Image[];
  readonly shares: ReadonlyMap<string, Shares>;
  readonly isLoading: boolean;
  readonly ids: readonly string[];
  /** Dry-run failures that concern the image itself, by image ID. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** Shows, for each image, how many recipients it has after sharing, or by how many the entered ones exceed the limit. */
export function SharingLimits({ images, shares, isLoading, ids, problems }: SharingLimitsProps) {
  const texts = useRegionTexts(sharingTexts);
  const { loading } = useTexts(commonTexts);
  const rows = images.map((image) => {
    const known = shares.get(image.imageId);
    return { image, known, problem: problems.get(image.imageId), after: known && remainingAfter(known, ids) };
  });
  const { shown, moreTroubled, others } = rowsToShow(
    rows,
    ({ problem, after }) => problem !== undefined || (after?.over ?? 0) > 0,
  );
  return rows.length === 0 ? null : (
    <SpaceBetween size="xs">
      <Box variant="awsui-key-label">{texts.images(images.length)}</Box>
      {shown.map(({ image, known, problem, after }) => (
        <div key={image.imageId}>
          <Box>
            {image.name} <Box variant="small">{image.imageId}</Box>
          </Box>
          {isLoading && !problem && <StatusIndicator type="loading">{loading}</StatusIndicator>}
          {known && after && after.over > 0 && (
            <LiveRegion>
              <StatusIndicator type="error">{texts.overLimit(after.over, known.used, known.cap)}</StatusIndicator>
            </LiveRegion>
          )}
          {known && after && after.over === 0 && !problem && (
            <StatusIndicator type={ids.length === 0 ? 'info' : 'success'}>
              {ids.length === 0 ? texts.now(known.used, known.cap) : texts.afterSharing(after.left, known.cap)}
            </StatusIndicator>
          )}
          {problem && !after?.over && <ProblemAlert problem={problem} />}
        </div>
      ))}
      {moreTroubled > 0 && <Box color="text-body-secondary">{texts.more(moreTroubled)}</Box>}
      {others > 0 && <Box color="text-body-secondary">{texts.otherImages(others)}</Box>}
    </SpaceBetween>
  );
}
