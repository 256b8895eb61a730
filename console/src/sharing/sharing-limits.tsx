import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Image } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { ProblemAlert } from '../components/problem-alert.tsx';
import { useRegionTexts } from '../frame/use-region-texts.ts';
import type { Shares } from './calls.ts';
import { remainingAfter } from './remaining.ts';
import { sharingTexts } from './texts.ts';

interface SharingLimitsProps {
  readonly images: readonly Image[];
  readonly shares: ReadonlyMap<string, Shares>;
  readonly ids: readonly string[];
  /** Dry-run failures that concern the image itself, by image ID. */
  readonly problems: ReadonlyMap<string, Problem>;
}

/** Shows, for each image, how many recipients remain after sharing, or by how many the entered ones exceed the limit. */
export function SharingLimits({ images, shares, ids, problems }: SharingLimitsProps) {
  const texts = useRegionTexts(sharingTexts);
  return (
    <SpaceBetween size="xs">
      <Box variant="awsui-key-label">{texts.limit}</Box>
      {images.map((image) => {
        const known = shares.get(image.imageId);
        const problem = problems.get(image.imageId);
        const after = known && remainingAfter(known, ids);
        return (
          <div key={image.imageId}>
            <Box>
              {image.name} <Box variant="small">{image.imageId}</Box>
            </Box>
            {known && after && (after.over > 0 || !problem) && (
              <StatusIndicator type={after.over > 0 ? 'error' : 'success'}>
                {after.over > 0 ? texts.overLimit(after.over, known.used, known.cap) : texts.afterSharing(after.left, known.cap)}
              </StatusIndicator>
            )}
            {problem && !after?.over && <ProblemAlert problem={problem} />}
          </div>
        );
      })}
    </SpaceBetween>
  );
}
